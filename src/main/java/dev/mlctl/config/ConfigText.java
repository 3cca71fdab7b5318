package dev.mlctl.config;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.reader.StreamReader;

/** A configuration file's characters: limited in size, valid UTF-8, nothing unprintable. */
final class ConfigText {
  static final int MAX_BYTES = 1 << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private ConfigText() {}

  static String read(Path file) {
    return decode(file.toString(), bytes(file));
  }

  private static byte[] bytes(Path file) {
    if (Files.isDirectory(file)) {
      throw Faults.alone(Place.whole(file.toString()), "cannot read a directory as a file", "");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw Failure.of(FailureKind.NOT_FOUND, "no such file").at(file.toString()).causedBy(e);
    } catch (IOException e) {
      throw Faults.alone(Place.whole(file.toString()), "cannot read the file: " + reason(e), "")
          .causedBy(e);
    }
  }

  /** Why a file could not be read, without repeating its path. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    } else if (e instanceof AccessDeniedException) {
      return "permission denied";
    } else if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String decode(String source, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw Faults.alone(Place.whole(source), "larger than 1 MiB, the limit", "");
    }
    return Texts.utf8(
        bytes,
        before ->
            Faults.alone(Texts.end(source, before), "not valid UTF-8", "save the file as UTF-8"));
  }

  /** The text without a byte order mark; an unprintable character is a failure at its place. */
  static String printable(String source, String text) {
    String body = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    if (body.length() > MAX_BYTES) {
      throw Faults.alone(Place.whole(source), "larger than 1 MiB, the limit", "");
    }
    int code;
    for (int i = 0; i < body.length(); i += Character.charCount(code)) {
      code = body.codePointAt(i);
      if (!StreamReader.isPrintable(code) || code == BYTE_ORDER_MARK) {
        String message = String.format("the character U+%04X is not allowed here", code);
        throw Faults.alone(Texts.end(source, body.substring(0, i)), message, "");
      }
    }
    return body;
  }
}
