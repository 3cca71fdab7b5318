package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreProbeTest {
  /** The store's answers, and how many of them it takes to trust it; 0 to refuse it. */
  @ParameterizedTest
  @CsvSource({
    "EXISTS, 1",
    "CREATED EXISTS, 2",
    "UNKNOWN EXISTS, 2",
    "UNKNOWN CREATED UNKNOWN EXISTS, 4",
    "CREATED CREATED, 0",
    "CREATED UNKNOWN CREATED, 0",
    "UNKNOWN CREATED UNKNOWN UNKNOWN CREATED, 0"
  })
  void a_store_is_trusted_once_it_refuses_to_create_twice(String answers, int asked) {
    Deque<String> left = new ArrayDeque<>(List.of(answers.split(" ", -1)));
    int all = left.size();
    StoreProbe probe =
        new StoreProbe((key, bytes) -> PutResult.valueOf(left.remove()), attempt -> {});
    if (asked > 0) {
      probe.check("memory:");
      assertEquals(asked, all - left.size());
    } else {
      Failure failure = assertThrows(Failure.class, () -> probe.check("memory:"));
      assertEquals(FailureKind.STORAGE, failure.kind());
    }
  }

  @Test
  void a_store_that_never_answers_is_refused() {
    StoreProbe probe = new StoreProbe((key, bytes) -> PutResult.UNKNOWN, attempt -> {});
    Failure failure = assertThrows(Failure.class, () -> probe.check("memory:"));
    assertEquals(FailureKind.STORAGE, failure.kind());
  }

  @Test
  void probing_twice_costs_a_sound_store_one_request() {
    MemoryStore store = new MemoryStore();
    List<PutResult> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      new StoreProbe(
              (key, bytes) -> {
                answers.add(store.putIfAbsent(key, bytes));
                return answers.get(answers.size() - 1);
              },
              attempt -> {})
          .check("memory:");
    }
    assertEquals(List.of(PutResult.CREATED, PutResult.EXISTS, PutResult.EXISTS), answers);
  }
}
