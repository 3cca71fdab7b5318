package dev.mlctl.data;

import dev.mlctl.data.Streams.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A small text file and what must be read from it, as written in a file of such cases:
 *
 * <pre>
 * == a sentence that names the case
 * options delimiter=; quote=' comment=#      what differs from the default; quote= for none
 * columns [a] [b]                            the file has no header
 * wanted [b] [a]                             the columns to read; all of them if not given
 * &gt; a,b\n                                   the file, piece by piece
 * &gt; 1,"2\n
 * &gt; "\r\n
 * header [a] [b]                             the columns found
 * 2 [1] [2\n]                                a row: its line, its fields
 * 4 rejected: expected 2 fields, found 1     a row that is rejected
 * fails the file is empty at f.csv           the file cannot be read; one line for each problem
 * </pre>
 *
 * <p>In pieces, names and fields {@code \n \r \t \0 \\ \]} are what they are in Java, {@code \xFF}
 * is one byte, {@code \}{@code ufeff} a character and <code>\{N*TEXT}</code> the text N times, with
 * its running number for {@code %}. A line that starts with {@code #} before the first case is a
 * remark.
 *
 * @param wanted null for all
 * @param header null when it does not matter
 * @param rows what is read; empty when {@code problems} is not
 */
public record TextCase(
    String name,
    CsvOptions options,
    List<String> wanted,
    byte[] input,
    List<String> header,
    List<Row> rows,
    List<String> problems) {
  private static final Pattern FIELD = Pattern.compile("\\[((?:[^\\]\\\\]|\\\\.)*)\\]");
  private static final Pattern REPEATED =
      Pattern.compile("\\\\\\{(\\d+)\\*((?:[^}\\\\]|\\\\.)*)\\}");

  /** The cases of some resources beside this class. */
  public static Stream<TextCase> read(String... resources) {
    return Stream.of(resources).flatMap(name -> parse(text(name)).stream());
  }

  private static String text(String resource) {
    try (InputStream in = TextCase.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<TextCase> parse(String text) {
    List<TextCase> cases = new ArrayList<>();
    String[] parts = Pattern.compile("(?m)^== ").split(text, 0);
    for (int i = 1; i < parts.length; i++) {
      cases.add(one(parts[i].lines().toList()));
    }
    return cases;
  }

  private static TextCase one(List<String> lines) {
    Map<String, String> given = new HashMap<>();
    StringBuilder input = new StringBuilder();
    List<Row> rows = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", 2);
      String rest = words.length > 1 ? words[1] : "";
      switch (words[0]) {
        case "" -> {}
        case ">" -> input.append(rest);
        case "fails" -> problems.add(rest);
        case "options", "columns", "wanted", "header" -> given.put(words[0], rest);
        default -> rows.add(row(Long.parseLong(words[0]), rest));
      }
    }
    return new TextCase(
        lines.get(0),
        options(given),
        given.containsKey("wanted") ? fields(given.get("wanted")) : null,
        bytes(input.toString()),
        given.containsKey("header") ? fields(given.get("header")) : null,
        rows,
        problems);
  }

  private static Row row(long line, String rest) {
    String rejected = "rejected: ";
    return rest.startsWith(rejected)
        ? new Row(line, List.of(), rest.substring(rejected.length()))
        : new Row(line, fields(rest), "");
  }

  private static CsvOptions options(Map<String, String> given) {
    char delimiter = ',';
    char quote = '"';
    char comment = CsvOptions.NONE;
    for (String option : given.getOrDefault("options", "").split(" ", 0)) {
      String value = string(option.substring(option.indexOf('=') + 1));
      char c = value.isEmpty() ? CsvOptions.NONE : value.charAt(0);
      switch (option.substring(0, Math.max(0, option.indexOf('=')))) {
        case "" -> {}
        case "delimiter" -> delimiter = c;
        case "quote" -> quote = c;
        case "comment" -> comment = c;
        default -> throw new AssertionError("unknown option " + option);
      }
    }
    return new CsvOptions(delimiter, quote, comment, fields(given.getOrDefault("columns", "")));
  }

  private static List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    Matcher matcher = FIELD.matcher(text);
    while (matcher.find()) {
      fields.add(string(matcher.group(1)));
    }
    return fields;
  }

  private static String string(String escaped) {
    return new String(bytes(escaped), StandardCharsets.UTF_8);
  }

  /** What an escaped text stands for. */
  static byte[] bytes(String escaped) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int p = 0;
    while (p < escaped.length()) {
      int c = escaped.codePointAt(p);
      if (c == '\\') {
        p = escape(escaped, p, out);
      } else {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        p += Character.charCount(c);
      }
    }
    return out.toByteArray();
  }

  private static int escape(String text, int at, ByteArrayOutputStream out) {
    char c = text.charAt(at + 1);
    switch (c) {
      case 'n' -> out.write('\n');
      case 'r' -> out.write('\r');
      case 't' -> out.write('\t');
      case '0' -> out.write(0);
      case 'x' -> {
        out.write(Integer.parseInt(text.substring(at + 2, at + 4), 16));
        return at + 4;
      }
      case 'u' -> {
        char unit = (char) Integer.parseInt(text.substring(at + 2, at + 6), 16);
        out.writeBytes(String.valueOf(unit).getBytes(StandardCharsets.UTF_8));
        return at + 6;
      }
      case '{' -> {
        Matcher matcher = REPEATED.matcher(text);
        if (!matcher.find(at) || matcher.start() != at) {
          throw new AssertionError("no repetition: " + text.substring(at));
        }
        repeat(Integer.parseInt(matcher.group(1)), bytes(matcher.group(2)), out);
        return matcher.end();
      }
      default -> out.write(c);
    }
    return at + 2;
  }

  private static void repeat(int times, byte[] piece, ByteArrayOutputStream out) {
    for (int i = 1; i <= times; i++) {
      for (byte b : piece) {
        if (b == '%') {
          out.writeBytes(Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
        } else {
          out.write(b);
        }
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
