package dev.mlctl.score;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LocalStorageTest extends StorageContract {
  @TempDir private Path folder;

  @Override
  String newRoot() {
    return folder.resolve("root").toString();
  }

  @Override
  boolean isVisibleOnlyWhenClosed() {
    return false;
  }
}
