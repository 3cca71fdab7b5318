package dev.mlctl.bench;

/** Every benchmark of mlctl, one after the other: {@code mvn -P bench verify}. */
final class Benchmarks {
  private Benchmarks() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    StartupBenchmark.main(arguments);
    RegistryBenchmark.main(arguments);
    ReaderBenchmark.main(arguments);
    ScoreBenchmark.main(arguments);
    EngineBenchmark.main(arguments);
    PlanBenchmark.main(arguments);
    FormatBenchmark.main(arguments);
    PredictorBenchmark.main(arguments);
    ModelLoadBenchmark.main(arguments);
    MonitorBenchmark.main(arguments);
  }
}
