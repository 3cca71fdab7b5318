package dev.mlctl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A small model whose predictions can be told without a computer: {@code price} is 10 below size
 * 20, 30 from there on, and 5 more when the color is red. It is trained, serialized and deployed as
 * {@code toy@prod} by the packaged program once, and every test works on a copy.
 */
final class Toy {
  private static final int ROWS = 1200;
  private static Path made;

  private Toy() {}

  /**
   * Puts {@code train.csv}, the run {@code run}, the bundle {@code toy.mlb} and the registry {@code
   * .mlctl/registry} into a directory.
   */
  static synchronized void copyTo(Path directory) throws IOException {
    if (made == null) {
      made = make();
    }
    try (Stream<Path> walk = Files.walk(made)) {
      for (Path from : walk.skip(1).toList()) {
        Files.copy(from, directory.resolve(made.relativize(from)));
      }
    }
  }

  private static Path make() throws IOException {
    Path directory = Files.createTempDirectory("toy");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
    StringBuilder csv = new StringBuilder("size,color,price\n");
    for (int row = 0; row < ROWS; row++) {
      int size = row % 40;
      String color = new String[] {"red", "green", "blue"}[row % 3];
      int price = (size < 20 ? 10 : 30) + (color.equals("red") ? 5 : 0);
      csv.append(size + "," + color + "," + price + "\n");
    }
    Files.writeString(directory.resolve("train.csv"), csv);
    Program program = Program.in(directory);
    program
        .run(
            "train --data train.csv --target price --algorithm decision_tree --model toy -o run"
                .split(" "))
        .exits(0);
    program.run("serialize", "run", "-o", "toy.mlb").exits(0);
    program.run("deploy", "toy.mlb", "--to", "prod").exits(0);
    return directory;
  }

  private static void delete(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
