package dev.mlctl.monitor;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something to do about an alert, as monitor.yaml asks for it. Immutable. */
public sealed interface Action {
  /** The name monitor.yaml has for it. */
  String type();

  /** When its turn is: telling comes before changing anything, and going back before training. */
  int turn();

  /** A line in the log, which is stderr. */
  record Log() implements Action {
    @Override
    public String type() {
      return "log";
    }

    @Override
    public int turn() {
      return 0;
    }
  }

  /**
   * One event per line, appended.
   *
   * @param path a regular file, which may not exist yet
   */
  record File(Path path) implements Action {
    @Override
    public String type() {
      return "file";
    }

    @Override
    public int turn() {
      return 0;
    }
  }

  /**
   * An event sent by HTTP POST.
   *
   * @param url https, or http to this machine
   * @param shown the URL as it may be shown: without what may be a secret
   * @param headers may hold secrets
   * @param timeout for all of it: connecting, sending, the answer, and a second try
   * @param secret what the event is signed with
   */
  record Webhook(
      URI url, String shown, Map<String, String> headers, Duration timeout, Optional<String> secret)
      implements Action {
    /** Copies the headers. */
    public Webhook {
      headers = Map.copyOf(headers);
    }

    @Override
    public String type() {
      return "webhook";
    }

    @Override
    public int turn() {
      return 1;
    }

    /** Without any secret, so that none slips into a message. */
    @Override
    public String toString() {
      return "webhook " + shown;
    }
  }

  /**
   * A program that is given the event on its standard input.
   *
   * @param command the program and its arguments, as no shell reads them
   * @param timeout after which it is ended
   */
  record Command(List<String> command, Duration timeout) implements Action {
    /** Copies the command. */
    public Command {
      command = List.copyOf(command);
    }

    @Override
    public String type() {
      return "command";
    }

    @Override
    public int turn() {
      return 1;
    }

    /** Without the arguments, which may be secrets. */
    @Override
    public String toString() {
      return "command " + command.get(0);
    }
  }

  /** Back to the last good release. */
  record Rollback() implements Action {
    @Override
    public String type() {
      return "rollback";
    }

    @Override
    public int turn() {
      return 2;
    }
  }

  /**
   * Trains anew and deploys the outcome if its gates hold.
   *
   * @param config a train.yaml
   * @param overrides {@code KEY=VALUE} as {@code --set} takes it; {@code ${env:NAME}} is not filled
   *     in
   * @param signKey the private key to sign the bundle with, where that is required
   * @param timeout after which training is ended
   */
  record Retrain(Path config, List<String> overrides, Optional<Path> signKey, Duration timeout)
      implements Action {
    /** Copies the overrides. */
    public Retrain {
      overrides = List.copyOf(overrides);
    }

    @Override
    public String type() {
      return "retrain";
    }

    @Override
    public int turn() {
      return 3;
    }
  }
}
