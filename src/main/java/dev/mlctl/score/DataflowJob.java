package dev.mlctl.score;

import com.google.api.services.dataflow.model.JobMessage;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.runners.dataflow.DataflowPipelineJob;
import org.apache.beam.runners.dataflow.util.MonitoringUtil;
import org.apache.beam.sdk.PipelineResult.State;

/**
 * A job that Dataflow has taken.
 *
 * <p>Beam's own {@code waitUntilFinish} is not used to wait: it says on interruption that it will
 * not cancel, and while Dataflow does not answer it tries for minutes without coming back. So its
 * state is asked for in the background, at first often and then every two seconds as Beam does it.
 */
final class DataflowJob implements EngineJob {
  private static final Duration FIRST_POLL = Duration.ofMillis(100);
  private static final Duration LAST_POLL = Duration.ofSeconds(2);

  /** Beam's client itself tries for some five minutes before it says that there was no answer. */
  private static final Duration LOST = Duration.ofMinutes(5);

  private static final String ERROR = "JOB_MESSAGE_ERROR";
  private static final String SUMMARY = "Workflow failed. Causes: ";
  private static final Pattern STAGE = Pattern.compile("S\\d+:(.+?) failed\\.");
  private static final Pattern TRACE = Pattern.compile("(?m)^(?:Caused by: |\\s+(?:at )?\\S+\\()");

  private final DataflowPipelineJob job;
  private CompletableFuture<State> asked;
  private Duration poll = FIRST_POLL;
  private long heard = System.nanoTime();

  DataflowJob(DataflowPipelineJob job) {
    this.job = job;
  }

  @Override
  public String id() {
    return job.getJobId();
  }

  @Override
  public String url() {
    return MonitoringUtil.getJobMonitoringPageURL(
        job.getProjectId(), job.getRegion(), job.getJobId());
  }

  @Override
  public boolean await(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos(); left > 0; left = end - System.nanoTime()) {
      State state = state(left);
      if (state == State.UNKNOWN) {
        requireHeard();
      } else if (hasEnded(state)) {
        return true;
      }
    }
    return false;
  }

  /** What Dataflow says when it is asked after a while; unknown when no answer comes in time. */
  private State state(long nanos) {
    if (asked == null) {
      asked =
          CompletableFuture.supplyAsync(
              job::getState,
              CompletableFuture.delayedExecutor(poll.toMillis(), TimeUnit.MILLISECONDS));
      poll = poll.multipliedBy(2).compareTo(LAST_POLL) < 0 ? poll.multipliedBy(2) : LAST_POLL;
    }
    try {
      State state = asked.get(nanos, TimeUnit.NANOSECONDS);
      asked = null;
      if (state != State.UNKNOWN) {
        heard = System.nanoTime();
      }
      return state;
    } catch (TimeoutException e) {
      return State.UNKNOWN;
    } catch (ExecutionException e) {
      asked = null;
      return State.UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "the run was interrupted").causedBy(e);
    }
  }

  private void requireHeard() {
    if (System.nanoTime() - heard > LOST.toNanos()) {
      throw Failure.of(
              FailureKind.UNKNOWN_OUTCOME,
              "cannot tell how job %s ends: Dataflow has not answered for %d minutes",
              id(),
              LOST.toMinutes())
          .at(url())
          .hint("the job goes on without this command; see there how it ends");
    }
  }

  private boolean hasEnded(State state) {
    if (!state.isTerminal()) {
      return false;
    } else if (state == State.DONE) {
      return true;
    } else if (state == State.CANCELLED) {
      throw Failure.of(FailureKind.PIPELINE, "job %s was cancelled in Dataflow", id())
          .at(url())
          .hint("nothing was published");
    }
    throw failure(state);
  }

  private Failure failure(State state) {
    List<String> errors = errors();
    String cause = cause(errors);
    String reason = cause.isEmpty() ? "it ended as " + state + " and does not say why" : cause;
    return Failure.of(
            FailureKind.PIPELINE, "Dataflow job %s failed%s: %s", id(), step(errors), reason)
        .at(url())
        .hint("nothing was published; the workers' logs are there");
  }

  /** What went wrong, in the order in which it did: texts of Dataflow's own, and stack traces. */
  private List<String> errors() {
    List<String> errors = new ArrayList<>();
    try {
      // The job has ended, so this comes back once it has passed on what there is to say.
      job.waitUntilFinish(
          org.joda.time.Duration.millis(1),
          messages -> {
            for (JobMessage message : messages) {
              if (ERROR.equals(message.getMessageImportance())
                  && message.getMessageText() != null) {
                errors.add(message.getMessageText());
              }
            }
          });
    } catch (IOException | IllegalStateException e) {
      // No reason, then, or the JVM is ending; that it failed is known.
      return errors;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return errors;
  }

  /** The stage that Dataflow's last word names: the steps that it has put together. */
  private static String step(List<String> errors) {
    String stage = "";
    for (String error : errors) {
      Matcher matcher = STAGE.matcher(error);
      while (matcher.find()) {
        stage = " in \"" + PipelineFailure.cut(matcher.group(1)) + "\"";
      }
    }
    return stage;
  }

  /** The root of the last exception of a worker, or else the last error. */
  private static String cause(List<String> errors) {
    String cause = "";
    boolean traced = false;
    for (String error : errors) {
      boolean trace = TRACE.matcher(error).find();
      if (trace) {
        cause = PipelineFailure.rootCause(error.lines().toList());
      } else if (!traced) {
        cause = PipelineFailure.cut(error.replace(SUMMARY, ""));
      }
      traced |= trace;
    }
    return cause;
  }

  @Override
  public void cancel() {
    try {
      job.cancel();
    } catch (IOException e) {
      throw Failure.of(FailureKind.PIPELINE, "cannot cancel job %s: %s", id(), e.getMessage())
          .at(url())
          .hint("cancel it there")
          .causedBy(e);
    }
  }
}
