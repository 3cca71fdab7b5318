package dev.mlctl.train;

import dev.mlctl.data.Progress;
import dev.mlctl.model.TreeEnsemble;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model as Smile made it beside the same model as ours, for benchmarks. Inputs are column-major
 * {@code x[input][row]}; {@code y} holds the target, or the index of the class.
 */
public final class SmileModel {
  private final Fitted fitted;

  private SmileModel(Fitted fitted) {
    this.fitted = fitted;
  }

  /** Gradient boosting, of {@code classes} or, when 0, a regression. */
  public static SmileModel boosting(double[][] x, double[] y, int classes, int trees, int depth) {
    Map<String, Object> params = new LinkedHashMap<>(Algorithm.GRADIENT_BOOSTING.defaults());
    params.put("trees", trees);
    params.put("max_depth", depth);
    Design design = new Design(x, y.length, y, classes);
    return new SmileModel(BoostingFit.fit(design, new Params(params), 1, Progress.NONE));
  }

  /** A random forest whose trees grow until their leaves are pure. */
  public static SmileModel forest(double[][] x, double[] y, int classes, int trees) {
    Map<String, Object> params = new LinkedHashMap<>(Algorithm.RANDOM_FOREST.defaults());
    params.put("trees", trees);
    params.put("max_depth", 100);
    params.put("node_size", 1);
    Design design = new Design(x, y.length, y, classes);
    return new SmileModel(ForestFit.fit(design, new Params(params), 1, Progress.NONE));
  }

  /** Ours. */
  public TreeEnsemble ensemble() {
    return (TreeEnsemble) fitted.predictor();
  }

  /** Smile's own prediction of one row into one value or one probability per class. */
  public void predict(double[] inputs, double[] outputs) {
    fitted.reference().predict(inputs, outputs);
  }
}
