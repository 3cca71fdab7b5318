package dev.mlctl.score;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.model.Bundle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** Runs of score in a folder of their own, with Beam's own checks on. */
final class ScoreRig {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T19:33:00.123Z"), ZoneOffset.UTC);

  /** What it took to load the model, as the command would have found. */
  static final Duration LOAD = Duration.ofMillis(7);

  final Path folder;
  final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  String stdin = "";
  long rangeBytes;
  Optional<ScoredChallenger> challenger = Optional.empty();
  Map<String, Object> record;
  private final Bundle bundle;
  private final byte[] bytes;
  private int runs;

  ScoreRig(Path folder, Bundle bundle) {
    this.folder = folder;
    this.bundle = bundle;
    this.bytes = bundle.toBytes();
  }

  Path write(String name, String content) {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] content) {
    try {
      Files.createDirectories(folder.resolve(name).getParent());
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  boolean exists(String name) {
    return Files.exists(folder.resolve(name));
  }

  /** Names of everything in the folder, hidden files included. */
  List<String> listing() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  ScoreSpec files(String output, String... inputs) {
    List<String> paths =
        Stream.of(inputs).map(i -> i.equals("-") ? i : folder.resolve(i).toString()).toList();
    String out = output.equals("-") ? output : folder.resolve(output).toString();
    return ScoreSpec.simple("m@prod", paths, out, Optional.empty(), Optional.empty());
  }

  ScoreSpec yaml(String... lines) {
    String text = String.join("\n", lines) + "\n";
    return ScoreSpec.from(
        ConfigFile.parse(
            "score.yaml", text, ScoreSpec.SHAPE, List.of(), name -> "value of " + name, folder),
        folder);
  }

  Scoring scoring(ScoreSpec spec) {
    return new Scoring(spec, model(), host(), Waiting.TO_THE_END, rangeBytes, true);
  }

  DryRun dryRun(ScoreSpec spec) {
    return new DryRun(spec, model(), host(), Waiting.TO_THE_END);
  }

  private ScoredModel model() {
    return new ScoredModel(
            "m@prod#7",
            "prod",
            OptionalLong.of(7),
            "sha256:" + Bundle.digest(bytes),
            Optional.empty(),
            bytes,
            bundle)
        .loadedIn(LOAD)
        .beside(challenger);
  }

  private ScoreHost host() {
    return new ScoreHost(
        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
        stdout,
        CLOCK,
        new Random(runs++),
        folder,
        2);
  }

  ScoreSummary run(ScoreSpec spec) {
    Scoring scoring = scoring(spec);
    try {
      ScoreSummary summary = scoring.run(Progress.NONE).orElseThrow();
      record = scoring.record(null).orElseThrow();
      return summary;
    } catch (Failure e) {
      record = scoring.record(e).orElseThrow();
      throw e;
    }
  }

  /** Scores a CSV text to CSV. */
  String csv(String input) {
    write("in.csv", input);
    run(files("out.csv", "in.csv").withOverwrite(true));
    return read("out.csv");
  }

  /** Expects a failure and gives its problems, one a line: message, place, hint. */
  String fails(FailureKind kind, ScoreSpec spec) {
    return problems(kind, Assertions.assertThrows(Failure.class, () -> run(spec)));
  }

  String problems(FailureKind kind, Failure failure) {
    StringBuilder text = new StringBuilder();
    for (Problem p : failure.problems()) {
      text.append(p.message());
      text.append(p.at().isEmpty() ? "" : " | " + p.at().replace(folder + "/", ""));
      text.append(p.hint().isEmpty() ? "" : " | " + p.hint().replace(folder + "/", ""));
      text.append('\n');
    }
    Assertions.assertEquals(kind, failure.kind(), text::toString);
    return text.toString();
  }
}
