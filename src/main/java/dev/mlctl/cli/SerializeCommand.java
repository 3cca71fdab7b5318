package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.BundleFile;
import dev.mlctl.release.SignedBundle;
import dev.mlctl.release.signing.SigningKey;
import dev.mlctl.train.RunDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl serialize}. */
@Command(
    name = "serialize",
    customSynopsis = "mlctl serialize RUN|BUNDLE.mlb [OPTIONS]",
    description = {
      "Makes a bundle (NAME.mlb) of a run: one Protobuf file with all that serving needs.",
      "",
      "The file is read back and its golden rows are scored again before it is called done. Given a "
          + "bundle, it does the same with what is there, which with --sign-key is how to sign one.",
      "",
      "--sign-key writes the signature beside the bundle, in the form of OpenSSF Model Signing. It "
          + "needs no network and no registry."
    })
final class SerializeCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(
      paramLabel = "RUN|BUNDLE.mlb",
      description = "A run directory that mlctl train wrote, or a bundle.")
  private Path source;

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

  @Option(
      names = "--sign-key",
      paramLabel = "FILE",
      description = "Sign with this private key: EC on the curve P-256, PEM, not encrypted.")
  private Path signKey;

  @Override
  public Integer call() {
    if (!format.equals("protobuf")) {
      throw Failure.of(FailureKind.USAGE, "cannot serialize as \"%s\" in this version", format)
          .hint("leave out --as, or give --as=protobuf");
    }
    // A key that cannot be used is told before anything is written.
    Optional<SigningKey> key = Optional.ofNullable(signKey).map(SigningKey::read);
    boolean made = source.toString().endsWith(".mlb");
    byte[] bytes = made ? BundleFile.read(source) : RunDirectory.read(source);
    String name = BundleView.parse(source.toString(), bytes).name();
    Path byDefault = made ? source : source.resolve(name + ".mlb");
    BundleFile.Written written = BundleFile.serialize(bytes, output == null ? byDefault : output);
    Optional<SignedBundle> signed =
        key.map(with -> SignedBundle.sign(written.path(), written.digest(), with));
    key.ifPresent(with -> with.warnings().forEach(mlctl.console()::warn));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("name", name);
    map.put("file", written.path().toString());
    map.put("size", written.bytes());
    map.put("digest", "sha256:" + written.digest());
    map.put("largest_difference", written.difference());
    map.put("changed", written.changed());
    signed.ifPresent(signature -> map.putAll(signature.toMap()));
    mlctl
        .console()
        .result(map, () -> text(written) + signed.map(SerializeCommand::text).orElse(""));
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

  private static String text(SignedBundle signed) {
    return "%s: %s\nkey sha256:%s\n"
        .formatted(
            signed.file(), signed.changed() ? "signed" : "signed already", signed.key().id());
  }
}
