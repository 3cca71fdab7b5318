package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.Fuzzer;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Changed bundles are refused, or are bundles that can be written, proven and scored with. */
class BundleFuzzTest {
  private static final int SECONDS = 35;
  private static final int ROWS = 70;

  @Test
  void a_changed_bundle_is_refused_or_usable() throws Exception {
    List<byte[]> corpus = new ArrayList<>();
    for (Map.Entry<String, Model> model : ModelFixtures.models().entrySet()) {
      corpus.add(ModelFixtures.bundle(model.getKey(), model.getValue()).toBytes());
    }
    Fuzzer.run(BundleFuzzTest.class, SECONDS, corpus, new WireMutator(), BundleFuzzTest::use);
  }

  private static String use(byte[] bytes) {
    Bundle bundle;
    try {
      bundle = Bundle.parse(bytes);
    } catch (Failure e) {
      assertEquals(FailureKind.INVALID, e.kind());
      return reason(e);
    }
    byte[] written = bundle.toBytes();
    assertArrayEquals(written, Bundle.parse(written).toBytes());
    scoreOneByOneAndTogether(bundle.model());
    try {
      bundle.prove();
      return "proven";
    } catch (Failure e) {
      assertEquals(FailureKind.INVALID, e.kind());
      return reason(e);
    }
  }

  /** Without the names of bundles and features, which are changed as well. */
  private static String reason(Failure failure) {
    return Fuzzer.shape(failure.getMessage().replaceFirst(".*: |.* does not", ""));
  }

  /** An answer does not depend on the other rows, nor on the way that many rows take. */
  private static void scoreOneByOneAndTogether(Model model) {
    double[][] together = score(model, 0, ROWS);
    for (int row = 0; row < ROWS; row += ROWS / 3) {
      double[][] alone = score(model, row, 1);
      for (int k = 0; k < together.length; k++) {
        assertEquals(together[k][row], alone[k][0], "output " + k + " of row " + row);
      }
    }
  }

  private static double[][] score(Model model, int from, int rows) {
    FeatureBatch batch = new FeatureBatch(model.signature().features(), rows);
    batch.reset(rows);
    for (int f = 0; f < model.signature().features().size(); f++) {
      int categories = model.signature().features().get(f).categories().size();
      for (int r = 0; r < rows; r++) {
        Random random = new Random(31L * (from + r) + f);
        if (model.preprocessor().steps().get(f) instanceof Levels) {
          batch.codes(f)[r] = random.nextInt(categories + 2) - 2;
        } else {
          batch.numbers(f)[r] = random.nextInt(5) == 0 ? Double.NaN : 2 * random.nextGaussian();
        }
      }
    }
    return model.scorer(rows).score(batch).outputs();
  }
}
