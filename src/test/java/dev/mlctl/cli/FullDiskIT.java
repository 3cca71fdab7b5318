package dev.mlctl.cli;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry on a disk that is full, or as good as. */
class FullDiskIT {
  // From nothing to enough for a bundle, folders and a record, a block of the disk at a time.
  private static final int MOST_FREE_BLOCKS = 12;
  private static final int BLOCK = 1024;

  @TempDir Path folder;

  @Test
  void with_any_number_of_free_blocks_a_deploy_is_made_or_exits_8_and_leaves_nothing()
      throws Exception {
    assumeTrue(LoopDisk.canBeMade(folder), "no ext4 image can be mounted here; it takes root");
    Set<Integer> seen = new TreeSet<>();
    try (LoopDisk disk = LoopDisk.create(folder.resolve("disk"), 4)) {
      Path registry = disk.root().resolve("registry");
      Program program = Program.in(folder).with("MLCTL_REGISTRY", registry.toString());
      for (int blocks = 0; blocks <= MOST_FREE_BLOCKS; blocks++) {
        String bundle = LineBundles.write(folder, "with " + blocks + " blocks");
        LogState before = LogState.of(registry);
        Path filler = fillUpTo(disk, blocks);
        Program.Result result = program.run("deploy", bundle, "--to", "prod");
        seen.add(result.exit());
        int made = LogState.of(registry).releases().size() - before.releases().size();
        switch (result.exit()) {
          case 0 -> assertEquals(1, made, result::toString);
          case 8 -> {
            assertEquals(0, made, result::toString);
            assertTrue(result.err().contains("No space left on device"), result::toString);
          }
          default -> fail(result.toString());
        }
        Files.delete(filler);
        program.run("deploy", bundle, "--to", "prod").exits(0).says("");
      }
    }
    assertEquals(Set.of(0, 8), seen);
  }

  /** Fills the disk to the last block and then gives some blocks back. */
  private static Path fillUpTo(LoopDisk disk, int blocks) throws IOException {
    Path filler = disk.root().resolve("filler");
    try (FileChannel file = FileChannel.open(filler, CREATE_NEW, WRITE)) {
      boolean full = false;
      while (!full) {
        full = !writeBlock(file);
      }
      file.truncate(file.size() - (long) blocks * BLOCK);
      file.force(true);
    }
    return filler;
  }

  private static boolean writeBlock(FileChannel file) {
    try {
      return file.write(ByteBuffer.allocate(BLOCK)) == BLOCK;
    } catch (IOException e) {
      return false;
    }
  }
}
