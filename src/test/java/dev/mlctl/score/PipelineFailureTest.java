package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineFailureTest {
  @Test
  void a_failure_of_ours_is_found_below_what_runners_wrap_it_in() {
    Failure ours = Failure.of(FailureKind.INPUT, "the file is empty");
    assertSame(ours, PipelineFailure.of(new RuntimeException(new IllegalStateException(ours))));
  }

  @Test
  void the_root_cause_stands_for_the_rest() {
    Failure failure =
        PipelineFailure.of(
            new RuntimeException("job failed", new IllegalStateException("no disk")));
    assertEquals(FailureKind.PIPELINE, failure.kind());
    assertEquals("the pipeline failed: no disk", failure.getMessage());
  }

  @Test
  void a_cause_without_a_message_is_called_by_its_class() {
    assertEquals(
        "the pipeline failed: ClassCastException",
        PipelineFailure.of(new RuntimeException(new ClassCastException())).getMessage());
  }

  @Test
  void a_printed_trace_gives_its_last_cause() {
    List<String> trace =
        """
        org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy
        	at org.apache.flink.runtime.executiongraph.Handler.handle(Handler.java:139)
        Caused by: org.apache.beam.sdk.util.UserCodeException: java.io.IOException: No space left
        	at org.apache.beam.sdk.util.UserCodeException.wrap(UserCodeException.java:39)
        Caused by: java.io.IOException: No space left
        	... 7 more
        """
            .lines()
            .toList();
    assertEquals("No space left", PipelineFailure.rootCause(trace));
    assertEquals(
        "no space: the disk is full",
        PipelineFailure.rootCause(List.of("java.io.IOException: no space: the disk is full")));
    assertEquals("no reason given", PipelineFailure.rootCause(List.of()));
  }

  @Test
  void a_message_that_is_a_trace_itself_is_read_as_one() {
    String message =
        "Job aborted: lost task 0.3\njava.lang.IllegalStateException: broken\n\tat a.B.c(B.java:1)";
    assertEquals(
        "the pipeline failed: broken",
        PipelineFailure.of(new RuntimeException(message)).getMessage());
  }
}
