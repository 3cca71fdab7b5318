package dev.mlctl.cli;

import dev.mlctl.release.ModelEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl list}. */
@Command(
    name = "list",
    customSynopsis = "mlctl list [OPTIONS]",
    description = "Prints every model in every environment with its current release.")
final class ListCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Override
  public Integer call() {
    List<ModelEntry> models = mlctl.releases().list();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("models", models.stream().map(ModelEntry::toMap).toList());
    Console console = mlctl.console();
    console.result(map, () -> ReleaseView.table(models, console.style()));
    return ExitCode.OK;
  }
}
