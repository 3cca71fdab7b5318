package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.Fuzzer;
import dev.mlctl.JsonMutator;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changed release records, sealed anew, are refused or are records. */
class RecordFuzzTest {
  private static final int SECONDS = 15;
  private static final int SEAL = 83;

  @Test
  void a_changed_record_is_refused_or_comes_back_from_its_bytes() throws Exception {
    Fuzzer.run(
        RecordFuzzTest.class, SECONDS, corpus(), new JsonMutator(), RecordFuzzTest::readSealed);
  }

  /** What a log holds after a few deploys and rollbacks, and a record with everything in it. */
  private static List<byte[]> corpus() throws Exception {
    MemoryStore store = new MemoryStore();
    Releases releases = Registries.releases(store);
    Registries.deploy(releases, "a");
    releases.deploy(
        DeployRequest.of("b.mlb", TestBundles.bikes("b"), "prod")
            .idempotencyKey("job-1")
            .reason("a reason")
            .gates(List.of("r2 > 0.5", "r2 <= current.r2")));
    releases.rollback(RollbackRequest.of("bikes", "prod"));
    List<byte[]> corpus = new ArrayList<>();
    for (String name : store.list(ReleaseLog.folder("bikes", "prod"))) {
      String key = ReleaseLog.folder("bikes", "prod") + "/" + name;
      corpus.add(unsealed(store.get(key, RecordFormat.LARGEST).orElseThrow()));
    }
    try (var in = RecordFuzzTest.class.getResourceAsStream("v1/00000000000000000007.json")) {
      corpus.add(unsealed(in.readAllBytes()));
    }
    return corpus;
  }

  private static byte[] unsealed(byte[] record) {
    String open = new String(record, 0, record.length - SEAL, StandardCharsets.UTF_8);
    return (open + "\n}\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String readSealed(byte[] json) {
    try {
      ReleaseRecord record = RecordFormat.read("7.json", sealed(json));
      byte[] written = RecordFormat.write(record);
      assertEquals(record, RecordFormat.read("7.json", written));
      return record.kind() + " with " + record.gates().size() + " gates";
    } catch (Failure e) {
      assertEquals(FailureKind.INVALID, e.kind());
      return Fuzzer.shape(e.getMessage());
    }
  }

  /** The text with a seal in the place of its last brace; none of it need be JSON. */
  private static byte[] sealed(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    int end = text.lastIndexOf('}');
    return RecordFormat.seal("{" + (end < 1 ? text : text.substring(1, end)) + "}");
  }
}
