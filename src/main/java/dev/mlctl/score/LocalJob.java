package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline;

/** A pipeline that is driven by a thread of this process. */
final class LocalJob implements EngineJob {
  private final FutureTask<Void> end;

  private LocalJob(FutureTask<Void> end) {
    this.end = end;
  }

  static LocalJob start(Pipeline pipeline) {
    FutureTask<Void> end =
        new FutureTask<>(
            () -> {
              pipeline.run().waitUntilFinish();
              return null;
            });
    Thread thread = new Thread(end, "pipeline");
    thread.setDaemon(true);
    thread.start();
    return new LocalJob(end);
  }

  @Override
  public String id() {
    return "";
  }

  @Override
  public String url() {
    return "";
  }

  @Override
  public boolean await(Duration limit) {
    try {
      end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw PipelineFailure.of(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "the run was interrupted").causedBy(e);
    }
  }

  /** Workers also notice by themselves that the run is over: see {@link LiveRun}. */
  @Override
  public void cancel() {
    end.cancel(true);
  }
}
