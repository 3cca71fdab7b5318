package dev.mlctl.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${env:NAME}} and {@code ${file:PATH}}. What was filled in never appears in a
 * problem.
 */
final class Secrets {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)(\\}?)");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int MAX_BYTES = 1 << 16;

  private final Function<String, String> env;
  private final Path baseDirectory;

  Secrets(Function<String, String> env, Path baseDirectory) {
    this.env = env;
    this.baseDirectory = baseDirectory;
  }

  /** The text with its references filled in, or null when one of them is at fault. */
  Text fill(Node.Scalar scalar, Faults faults) {
    String given = scalar.text();
    if (!given.contains("${")) {
      return new Text(given, given);
    }
    StringBuilder filled = new StringBuilder();
    boolean whole = true;
    Matcher matcher = REFERENCE.matcher(given);
    int from = 0;
    while (matcher.find()) {
      String value = value(matcher, scalar.at(), faults);
      whole &= value != null;
      filled.append(given, from, matcher.start()).append(value);
      from = matcher.end();
    }
    filled.append(given, from, given.length());
    return whole ? new Text(given, filled.toString()) : null;
  }

  private String value(Matcher reference, Place at, Faults faults) {
    String body = reference.group(1);
    if (reference.group(2).isEmpty()) {
      faults.add(at, "\"${\" without its \"}\"", "");
      return null;
    } else if (body.startsWith("env:")) {
      return variable(body.substring("env:".length()), at, faults);
    } else if (body.startsWith("file:")) {
      return file(body.substring("file:".length()), at, faults);
    }
    faults.add(
        at,
        "unknown substitution " + Node.Scalar.quoted(reference.group()),
        "write ${env:NAME} or ${file:PATH}");
    return null;
  }

  private String variable(String name, Place at, Faults faults) {
    if (!VARIABLE.matcher(name).matches()) {
      faults.add(at, Node.Scalar.quoted(name) + " is not the name of an environment variable");
      return null;
    }
    String value = env.apply(name);
    if (value == null) {
      faults.add(at, "the environment variable " + name + " is not set");
    }
    return value;
  }

  private String file(String name, Place at, Faults faults) {
    String problem = "cannot read the file " + Node.Scalar.quoted(name) + ": ";
    try (InputStream in = Files.newInputStream(baseDirectory.resolve(name))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return trimmed(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      }
      faults.add(at, problem + "larger than 64 KiB, the limit");
    } catch (CharacterCodingException e) {
      faults.add(at, problem + "not valid UTF-8");
    } catch (IOException e) {
      faults.add(at, problem + ConfigText.reason(e));
    } catch (InvalidPathException e) {
      faults.add(at, problem + "not a path");
    }
    return null;
  }

  /** Without the line end that editors and {@code echo} put after a secret. */
  private static String trimmed(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }
}
