package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl init}. */
@Command(
    name = "init",
    customSynopsis = "mlctl init [OPTIONS]",
    description = {
      "Writes train.yaml, score.yaml and monitor.yaml to start from, in the working directory.",
      "",
      "A file that is there already is left alone, and that is an error."
    })
final class InitCommand implements Callable<Integer> {
  private static final List<String> FILES = List.of("train.yaml", "score.yaml", "monitor.yaml");

  @ParentCommand private Mlctl mlctl;

  @Override
  public Integer call() {
    for (String name : FILES) {
      if (Files.exists(Path.of(name))) {
        throw exists(name);
      }
    }
    FILES.forEach(InitCommand::write);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("files", FILES);
    mlctl
        .console()
        .result(
            map,
            () ->
                "wrote "
                    + String.join(", ", FILES)
                    + "\nnext: name your data in train.yaml, then mlctl train train.yaml\n");
    return ExitCode.OK;
  }

  private static void write(String name) {
    try (InputStream template = InitCommand.class.getResourceAsStream("init/" + name)) {
      Files.write(Path.of(name), template.readAllBytes(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw exists(name);
    } catch (IOException e) {
      throw Failure.of(FailureKind.STORAGE, "cannot write %s: %s", name, e.getMessage())
          .causedBy(e);
    }
  }

  private static Failure exists(String name) {
    return Failure.of(FailureKind.CONFLICT, "%s exists already", name)
        .hint("run mlctl init in an empty directory");
  }
}
