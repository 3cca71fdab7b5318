package dev.mlctl.servers;

import dev.mlctl.config.Json;
import dev.mlctl.servers.DataflowStandIn.Play;
import dev.mlctl.servers.GcsApi.Request;
import dev.mlctl.servers.GcsApi.Response;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST API of {@link DataflowStandIn}. Thread-safe. */
final class DataflowApi {
  private static final Pattern JOBS =
      Pattern.compile("/v1b3/projects/([^/]+)/locations/([^/]+)/jobs(?:/([^/]+))?(/[a-z]+)?");
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,1022}[a-z0-9])?");

  /** Messages come by page; Dataflow's own pages are longer. */
  private static final int PAGE = 3;

  private final GcsStandIn gcs;
  private final List<DataflowRun> runs = new CopyOnWriteArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private Play play = (job, stage) -> {};

  DataflowApi(GcsStandIn gcs) {
    this.gcs = gcs;
  }

  /** A request that is to go wrong. */
  private record Fault(String request, Response answer, boolean done) {}

  synchronized void plays(Play next) {
    play = next;
  }

  synchronized void failOnce(String request, Response answer, boolean done) {
    faults.add(new Fault(request, answer, done));
  }

  List<SubmittedJob> jobs() {
    return runs.stream().map(DataflowRun::job).toList();
  }

  List<String> shown(SubmittedJob job) {
    return run(job.id()).orElseThrow().shown();
  }

  boolean isCancelled(SubmittedJob job) {
    return run(job.id()).orElseThrow().isCancelled();
  }

  private Optional<DataflowRun> run(String id) {
    return runs.stream().filter(run -> run.job().id().equals(id)).findFirst();
  }

  /** The answer to a request, if it is one to Dataflow. */
  Optional<Response> answer(Request request) {
    Matcher path = JOBS.matcher(request.target().getPath());
    if (!path.matches()) {
      return Optional.empty();
    }
    Fault fault = fault(request.method() + " " + request.target().getPath());
    if (fault != null && !fault.done()) {
      return Optional.of(fault.answer());
    }
    Response answer =
        path.group(3) == null
            ? collection(request, path.group(1), path.group(2))
            : job(request, path.group(3), path.group(4));
    return Optional.of(fault == null ? answer : fault.answer());
  }

  private synchronized Fault fault(String request) {
    for (Iterator<Fault> each = faults.iterator(); each.hasNext(); ) {
      Fault fault = each.next();
      if (request.contains(fault.request())) {
        each.remove();
        return fault;
      }
    }
    return null;
  }

  private Response collection(Request request, String project, String region) {
    if (request.method().equals("POST")) {
      return create(Json.readObject("job", request.body()), project, region);
    }
    List<Object> jobs = new ArrayList<>(runs.stream().map(DataflowRun::view).toList());
    return Response.json(200, Map.of("jobs", jobs));
  }

  /**
   * Takes a job. A request that comes again, because its answer was lost, makes no second one; a
   * name that is in use gets its owner, whom Beam tells by the request's id.
   */
  private synchronized Response create(Map<String, Object> json, String project, String region) {
    SubmittedJob job =
        new SubmittedJob("2026-11-25_00_00_00-" + (runs.size() + 1), project, region, json);
    Optional<DataflowRun> same =
        runs.stream()
            .filter(run -> run.job().requestId().equals(job.requestId()))
            .findFirst()
            .or(
                () ->
                    runs.stream()
                        .filter(run -> run.job().name().equals(job.name()) && !run.hasEnded())
                        .findFirst());
    if (same.isPresent()) {
      return Response.json(200, same.get().view());
    }
    Optional<String> fault = fault(job);
    if (fault.isPresent()) {
      return Response.error(400, fault.get());
    }
    DataflowRun run = new DataflowRun(job);
    runs.add(run);
    run.start(play);
    return Response.json(200, run.view());
  }

  /** What the service would refuse. */
  private Optional<String> fault(SubmittedJob job) {
    if (!NAME.matcher(job.name()).matches()) {
      return Optional.of("The workflow could not be created. Invalid job name: " + job.name());
    }
    List<String> locations = new ArrayList<>(job.packages());
    locations.add(job.pipelineUrl());
    return locations.stream()
        .filter(location -> object(location).isEmpty())
        .map(location -> "The workflow could not be created. There is no " + location)
        .findFirst();
  }

  private Optional<byte[]> object(String location) {
    String[] parts = location.replaceFirst("^gs://", "").split("/", 2);
    return gcs.get(parts[0], parts[1]);
  }

  private Response job(Request request, String id, String part) {
    Optional<DataflowRun> found = run(id);
    if (found.isEmpty()) {
      return Response.error(404, "Information about job " + id + " could not be found.");
    }
    DataflowRun run = found.get();
    if ("/messages".equals(part)) {
      return messages(run, request.query().getOrDefault("pageToken", "0"));
    } else if ("/metrics".equals(part)) {
      return Response.json(200, Map.of("metrics", List.of()));
    } else if (request.method().equals("PUT")) {
      boolean cancel =
          "JOB_STATE_CANCELLED"
              .equals(Json.readObject("job", request.body()).get("requestedState"));
      return cancel && run.cancel()
          ? Response.json(200, run.view())
          : Response.error(400, "Cannot update job " + id + ": it has terminated.");
    }
    return Response.json(200, run.show());
  }

  private static Response messages(DataflowRun run, String token) {
    List<Map<String, Object>> all = run.messages();
    int from = Integer.parseInt(token);
    int to = Math.min(all.size(), from + PAGE);
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("jobMessages", new ArrayList<Object>(all.subList(from, to)));
    if (to < all.size()) {
      page.put("nextPageToken", String.valueOf(to));
    }
    return Response.json(200, page);
  }

  void close() {
    runs.forEach(DataflowRun::stop);
  }
}
