package dev.mlctl.servers;

import java.util.List;
import java.util.Map;

/**
 * A job as it was sent to {@link DataflowStandIn}.
 *
 * @param id which it was given
 * @param project in whose name it was sent
 * @param region to which it was sent
 * @param json the whole of what was sent
 */
public record SubmittedJob(String id, String project, String region, Map<String, Object> json) {
  /** Its name, which is unique among the jobs that have not ended. */
  public String name() {
    return String.valueOf(json.get("name"));
  }

  /** The number of the request, the same when it is sent again. */
  String requestId() {
    return String.valueOf(json.get("clientRequestId"));
  }

  /** What the service is asked to do otherwise than usual. */
  public List<?> experiments() {
    return (List<?>) environment().get("experiments");
  }

  /** Beam's options, as the workers get them. */
  public Map<?, ?> options() {
    return (Map<?, ?>) ((Map<?, ?>) environment().get("sdkPipelineOptions")).get("options");
  }

  /** Where the pipeline is, as {@code org.apache.beam.model.pipeline.v1.RunnerApi.Pipeline}. */
  public String pipelineUrl() {
    return String.valueOf(options().get("pipelineUrl"));
  }

  /** Where the jars are that each worker gets, in the order of their class path. */
  public List<String> packages() {
    Map<?, ?> pool = (Map<?, ?>) ((List<?>) environment().get("workerPools")).get(0);
    return ((List<?>) pool.get("packages"))
        .stream().map(each -> String.valueOf(((Map<?, ?>) each).get("location"))).toList();
  }

  private Map<?, ?> environment() {
    return (Map<?, ?>) json.get("environment");
  }
}
