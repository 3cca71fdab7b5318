package dev.mlctl.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Logs of many releases, each a real record, written without a deploy and a sync each. */
public final class LongLogs {
  private LongLogs() {}

  /**
   * Adds releases to a log, all but one in seven of them deploys of a bundle in turn, the others
   * rollbacks to the release before the last.
   *
   * @param registry a registry's directory
   * @param model the model's name
   * @param env the environment's name
   * @param count how many
   * @param bundles their bytes; put into the registry
   */
  public static void append(
      Path registry, String model, String env, int count, List<byte[]> bundles) throws IOException {
    LocalStore store = new LocalStore(registry);
    Registry.in(store).requireOrCreate();
    List<String> digests = bundles.stream().map(Digest::of).toList();
    for (int i = 0; i < bundles.size(); i++) {
      store.putIfAbsent(Blobs.key(digests.get(i)), bundles.get(i));
    }
    ReleaseLog log = new ReleaseLog(store, model, env);
    ReleaseLog.View view = log.readAll();
    Files.createDirectories(registry.resolve(ReleaseLog.folder(model, env)));
    ReleaseRecord beforeLast = null;
    for (int i = 0; i < count; i++) {
      Draft draft =
          new Draft(
              "operation-" + i,
              i % 3 == 0 ? Optional.of("key-" + i) : Optional.empty(),
              new Who("ada", "laptop", "https://ci.example/jobs/" + i),
              Registries.NOON.plusSeconds(i),
              "nightly build " + i);
      int which = i % bundles.size();
      ReleaseRecord record =
          i % 7 == 6
              ? draft.rollback(view, beforeLast)
              : draft.deploy(view, digests.get(which), bundles.get(which).length, List.of());
      beforeLast = view.current().orElse(record);
      byte[] bytes = RecordFormat.write(record);
      Files.write(registry.resolve(log.key(record.number())), bytes);
      ReleaseLog.Entry entry = new ReleaseLog.Entry(record, Digest.of(bytes));
      view = new ReleaseLog.View(model, env, List.of(entry));
    }
  }
}
