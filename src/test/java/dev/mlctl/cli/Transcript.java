package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run of the packaged program as it should go, read from a file of such runs:
 *
 * <pre>
 * == a sentence that names the case
 * needs COMMAND       skipped unless this line of shell succeeds
 * ignoring PATH       what may change without being named below; may be repeated
 * &gt; COMMAND           prepares the directory; may be repeated
 * $ COMMAND           what is tested
 * exit 3
 * --- stderr
 * error: …
 * --- out.csv
 * …
 * </pre>
 *
 * Every stream and every file that the command wrote is named with its content; what is not named
 * must be empty, unchanged and not there. In a content {@code <dir>} is the working directory,
 * {@code <time>} how long a run took, {@code <digest>} that of its rows, {@code <any>} the rest of
 * a word, {@code <CR>} a carriage return. The directory starts as {@link Toy} fills it; {@code
 * $KEYS} holds keys to sign with. {@code as-user} runs a command for which file permissions hold,
 * whoever runs the test.
 */
record Transcript(
    String name,
    List<String> needs,
    List<String> ignoring,
    List<String> setup,
    String command,
    int exit,
    Map<String, String> contents) {
  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "<time>",
          "in [0-9.]+ s \\([0-9,]+ rows/s\\)",
          "<digest>",
          "rows:[0-9a-f]{32}",
          "<any>",
          "[^ \\n]*");
  private static final String AS_USER =
      """
      #!/bin/sh
      [ "$(id -u)" != 0 ] || set -- setpriv --bounding-set=-dac_override,-dac_read_search "$@"
      exec "$@"
      """;

  /** The runs of a resource beside this class. */
  static List<Transcript> read(String resource) throws IOException {
    String text;
    try (InputStream in = Transcript.class.getResourceAsStream(resource)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Transcript> all = new ArrayList<>();
    for (String part : Pattern.compile("(?m)^== ").split(text, -1)) {
      if (!part.startsWith("#") && !part.isBlank()) {
        all.add(parse(part));
      }
    }
    return all;
  }

  private static Transcript parse(String text) {
    String[] sections = Pattern.compile("(?m)^--- ").split(text, -1);
    List<String> head = sections[0].lines().toList();
    Map<String, String> contents = new LinkedHashMap<>();
    for (int i = 1; i < sections.length; i++) {
      String[] section = sections[i].split("\n", 2);
      contents.put(
          section[0], section[1].strip().isEmpty() ? "" : section[1].stripTrailing() + "\n");
    }
    return new Transcript(
        head.get(0),
        after("needs ", head),
        after("ignoring ", head),
        after("> ", head),
        after("$ ", head).get(0),
        Integer.parseInt(after("exit ", head).get(0)),
        contents);
  }

  private static List<String> after(String start, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  /** Runs it in an empty directory and fails unless everything is as written. */
  void check(Path directory) throws IOException {
    Path work = Files.createDirectory(directory.resolve("work"));
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Files.writeString(bin.resolve("as-user"), AS_USER);
    bin.resolve("as-user").toFile().setExecutable(true);
    Toy.copyTo(work);
    Program program =
        Program.in(work)
            .with("PATH", bin + ":" + System.getenv("PATH"))
            .with(
                "KEYS",
                Path.of("src/test/resources/dev/mlctl/release/signing").toAbsolutePath() + "")
            .with("XDG_CONFIG_HOME", directory.resolve("config").toString())
            .with("XDG_STATE_HOME", directory.resolve("state").toString());
    for (String need : needs) {
      assumeTrue(program.shell(need).exit() == 0, "this machine cannot: " + need);
    }
    for (String line : setup) {
      program.shell(line).exits(0);
    }
    Map<String, String> before = files(work);
    Program.Result result = program.shell(command);
    Map<String, String> actual = changes(before, files(work));
    put(actual, "stdout", result.out());
    put(actual, "stderr", result.err());
    if (result.exit() != exit || !matches(actual, work)) {
      fail(shown(result.exit(), actual, work));
    }
  }

  private boolean matches(Map<String, String> actual, Path work) {
    if (!actual.keySet().equals(contents.keySet())) {
      return false;
    }
    return contents.entrySet().stream()
        .allMatch(e -> pattern(e.getValue(), work).matcher(actual.get(e.getKey())).matches());
  }

  private static Pattern pattern(String expected, Path work) {
    String regex = Pattern.quote(expected.replace("<dir>", work.toString()));
    for (Map.Entry<String, String> placeholder : PLACEHOLDERS.entrySet()) {
      regex = regex.replace(placeholder.getKey(), "\\E" + placeholder.getValue() + "\\Q");
    }
    return Pattern.compile(regex);
  }

  /** The run as it went, in the form it is written in. */
  private String shown(int code, Map<String, String> actual, Path work) {
    StringBuilder text = new StringBuilder("it went like this:\n== " + name + "\n");
    setup.forEach(line -> text.append("> " + line + "\n"));
    text.append("$ " + command + "\nexit " + code + "\n");
    actual.forEach(
        (file, content) ->
            text.append("--- " + file + "\n" + content.replace(work.toString(), "<dir>")));
    return text.append("\nbut should have gone so:\nexit " + exit + "\n" + contents).toString();
  }

  private Map<String, String> changes(Map<String, String> before, Map<String, String> after) {
    Map<String, String> changes = new TreeMap<>();
    after.forEach(
        (file, content) -> {
          if (!content.equals(before.get(file))) {
            changes.put(file, content.endsWith("\n") ? content : content + "<no line end>\n");
          }
        });
    before.keySet().stream()
        .filter(file -> !after.containsKey(file))
        .forEach(file -> changes.put(file, "<deleted>\n"));
    changes.keySet().removeIf(file -> ignoring.stream().anyMatch(file::startsWith));
    return changes;
  }

  private static void put(Map<String, String> actual, String stream, String content) {
    if (!content.isEmpty()) {
      actual.put(stream, content.replace("\r", "<CR>"));
    }
  }

  /** Every file and folder below a directory with what it holds. */
  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.skip(1).toList()) {
        String content = "<folder>\n";
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          content = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        }
        files.put(directory.relativize(path).toString(), content.replace("\r", "<CR>"));
      }
    }
    return files;
  }

  @Override
  public String toString() {
    return name;
  }
}
