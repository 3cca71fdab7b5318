package dev.mlctl.score;

import dev.mlctl.config.Nearest;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What runs a pipeline. */
public enum Runner {
  /** This process. */
  DIRECT("DirectRunner", "the direct runner"),
  /** Apache Flink, in this process or on a cluster. */
  FLINK("FlinkRunner", "Flink"),
  /** Apache Spark, in this process or on a cluster. */
  SPARK("SparkRunner", "Spark"),
  /** Google Cloud Dataflow. */
  DATAFLOW("DataflowRunner", "Dataflow");

  private final String beamName;
  private final String title;

  Runner(String beamName, String title) {
    this.beamName = beamName;
    this.title = title;
  }

  /**
   * The runner of a name, mlctl's or Beam's.
   *
   * @throws Failure of kind USAGE when there is none
   */
  public static Runner named(String word) {
    for (Runner runner : values()) {
      if (word.equalsIgnoreCase(runner.text()) || word.equalsIgnoreCase(runner.beamName)) {
        return runner;
      }
    }
    Optional<String> nearest = Nearest.name(word, names());
    throw Failure.of(FailureKind.USAGE, "unknown runner \"%s\"", word)
        .hint(
            nearest
                .map(name -> "did you mean \"" + name + "\"?")
                .orElse("the runners are: " + String.join(", ", names())));
  }

  /** The names of all runners. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Runner::text).toList();
  }

  /** Its name on the command line and in files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What sentences call it. */
  String title() {
    return title;
  }

  String beamName() {
    return beamName;
  }
}
