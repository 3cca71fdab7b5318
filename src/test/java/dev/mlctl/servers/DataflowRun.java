package dev.mlctl.servers;

import dev.mlctl.servers.DataflowStandIn.Play;
import dev.mlctl.servers.DataflowStandIn.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job of {@link DataflowStandIn} and what becomes of it. Thread-safe. */
final class DataflowRun implements Stage {
  private static final Instant START = Instant.parse("2026-11-25T00:00:00Z");

  private final SubmittedJob job;
  private final List<Map<String, Object>> messages = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private Thread player;
  private String state = "JOB_STATE_PENDING";
  private boolean cancelled;

  DataflowRun(SubmittedJob job) {
    this.job = job;
  }

  SubmittedJob job() {
    return job;
  }

  void start(Play play) {
    player = new Thread(() -> play(play), "dataflow-" + job.id());
    player.setDaemon(true);
    player.start();
  }

  private void play(Play play) {
    try {
      play.run(job, this);
      end(isCancelled() ? "JOB_STATE_CANCELLED" : "JOB_STATE_DONE");
    } catch (InterruptedException e) {
      // The stand-in is closed.
    } catch (Exception | AssertionError e) {
      say("JOB_MESSAGE_ERROR", e.getMessage() == null ? e.toString() : e.getMessage());
      end("JOB_STATE_FAILED");
    }
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  private synchronized void end(String last) {
    state = last;
  }

  synchronized boolean hasEnded() {
    return List.of("JOB_STATE_DONE", "JOB_STATE_FAILED", "JOB_STATE_CANCELLED").contains(state);
  }

  /** The job as it is to its owner, who has seen its state with that. */
  synchronized Map<String, Object> show() {
    if (shown.isEmpty() || !shown.get(shown.size() - 1).equals(state)) {
      shown.add(state);
      notifyAll();
    }
    return view();
  }

  synchronized Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", job.id());
    view.put("projectId", job.project());
    view.put("location", job.region());
    view.put("name", job.name());
    view.put("clientRequestId", job.requestId());
    view.put("type", "JOB_TYPE_BATCH");
    view.put("currentState", state);
    view.put("createTime", START.toString());
    return view;
  }

  synchronized List<String> shown() {
    return List.copyOf(shown);
  }

  synchronized List<Map<String, Object>> messages() {
    return List.copyOf(messages);
  }

  /** Asks for it to be cancelled; false when it has ended. */
  synchronized boolean cancel() {
    if (hasEnded()) {
      return false;
    }
    cancelled = true;
    state = "JOB_STATE_CANCELLING";
    notifyAll();
    return true;
  }

  @Override
  public synchronized void show(String next) throws InterruptedException {
    state = next;
    while (!shown.contains(next) && !cancelled) {
      wait();
    }
  }

  @Override
  public synchronized void say(String importance, String text) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", "m" + messages.size());
    // Beam asks for what is later than the last it has seen.
    message.put("time", START.plusMillis(messages.size() + 1).toString());
    message.put("messageImportance", importance);
    message.put("messageText", text);
    messages.add(message);
  }

  @Override
  public synchronized void awaitCancel() throws InterruptedException {
    while (!cancelled) {
      wait();
    }
  }

  void stop() {
    player.interrupt();
  }
}
