package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.BundleFile;
import dev.mlctl.train.RunDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl serialize}. */
@Command(
    name = "serialize",
    customSynopsis = "mlctl serialize RUN [OPTIONS]",
    description = {
      "Makes a bundle (NAME.mlb) of a run: one Protobuf file with all that serving needs.",
      "",
      "The file is read back and its golden rows are scored again before it is called done."
    })
final class SerializeCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(paramLabel = "RUN", description = "A run directory that mlctl train wrote.")
  private Path run;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The bundle (default: NAME.mlb in the run directory).")
  private Path output;

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      defaultValue = "protobuf",
      description = "The format: protobuf (default: ${DEFAULT-VALUE}).")
  private String format = "protobuf";

  @Override
  public Integer call() {
    if (!format.equals("protobuf")) {
      throw Failure.of(FailureKind.USAGE, "cannot serialize as \"%s\" in this version", format)
          .hint("leave out --as, or give --as=protobuf");
    }
    byte[] bytes = RunDirectory.read(run);
    String name = BundleView.parse(run.toString(), bytes).name();
    Path file = output == null ? run.resolve(name + ".mlb") : output;
    BundleFile.Written written = BundleFile.serialize(bytes, file);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("name", name);
    map.put("file", written.path().toString());
    map.put("size", written.bytes());
    map.put("digest", "sha256:" + written.digest());
    map.put("largest_difference", written.difference());
    map.put("changed", written.changed());
    mlctl.console().result(map, () -> text(written));
    return ExitCode.OK;
  }

  private static String text(BundleFile.Written written) {
    return "%s: %s\nsha256:%s\ngolden rows agree: the largest difference is %s\n"
        .formatted(
            written.path(),
            Numbers.bytes(written.bytes()),
            written.digest(),
            Numbers.shown(written.difference()));
  }
}
