package io.millrace.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.flink.RestCalls.Repeat;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.StreamSupport;

/**
 * Flink's REST API. Calls wait for their answer, and outlast a JobManager that is away for a short
 * time; every failure is a {@link FlinkRestException}.
 *
 * @see <a
 *     href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/ops/rest_api/">Flink's
 *     description</a>
 */
public final class FlinkRest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 100;
  private static final String JOBS = "/v1/jobs/";

  private final RestCalls calls;
  private final LongSupplier nanoTicker;

  /**
   * A client.
   *
   * @param jobManager {@code http://host:port}
   */
  public FlinkRest(URI jobManager) {
    this(jobManager, TIMEOUT, PATIENCE, System::nanoTime);
  }

  /**
   * A client with limits of its own.
   *
   * @param timeout of one call
   * @param patience how long a call is made again while the JobManager is away
   */
  public FlinkRest(URI jobManager, Duration timeout, Duration patience) {
    this(jobManager, timeout, patience, System::nanoTime);
  }

  FlinkRest(URI jobManager, Duration timeout, Duration patience, LongSupplier nanoTicker) {
    this.calls = new RestCalls(jobManager, timeout, patience, nanoTicker);
    this.nanoTicker = nanoTicker;
  }

  /**
   * Uploads a jar.
   *
   * @return the id under which it can be run
   * @throws FileNotFoundException when there is no such file
   */
  public String upload(Path jar) throws FileNotFoundException, InterruptedException {
    String boundary = UUID.randomUUID().toString();
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\nContent-Type: application/x-java-archive\r\n\r\n"
            .formatted(boundary, jar.getFileName());
    String name =
        calls
            .post(
                "/v1/jars/upload",
                "multipart/form-data; boundary=" + boundary,
                BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofFile(jar),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")),
                JsonNode.class)
            .path("filename")
            .asText();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /**
   * Runs an uploaded jar.
   *
   * @return the job's id, which is the submission's
   */
  public String run(String jarId, JobSubmission job) throws InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jobId", job.jobId());
    body.put("programArgsList", job.arguments());
    body.put("allowNonRestoredState", job.allowNonRestoredState());
    if (job.entryClass() != null) {
      body.put("entryClass", job.entryClass());
    }
    if (job.parallelism() != null) {
      body.put("parallelism", job.parallelism());
    }
    if (job.savepoint() != null) {
      body.put("savepointPath", job.savepoint());
      body.put("claimMode", job.claimMode().name());
    }
    String path = "/v1/jars/" + encoded(jarId) + "/run";
    return calls
        .send("POST", path, body, JsonNode.class, Repeat.IF_NOT_DONE)
        .path("jobid")
        .asText();
  }

  /** All jobs, also those that have ended. */
  public List<JobSummary> jobs() throws InterruptedException {
    return list(calls.get("/v1/jobs/overview", JsonNode.class).path("jobs"), JobSummary.class);
  }

  /** The job of this name that has not ended; the last one started if there are several. */
  public Optional<JobSummary> job(String name) throws InterruptedException {
    return jobs().stream()
        .filter(JobSummary::alive)
        .filter(job -> job.name().equals(name))
        .max((one, other) -> Long.compare(one.startTime(), other.startTime()));
  }

  /** A job with its vertices. */
  public JobDetails details(String jobId) throws InterruptedException {
    return calls.get(JOBS + jobId, JobDetails.class);
  }

  /**
   * Takes a savepoint and stops the job with it: what it has published until then is committed.
   *
   * @param directory under which the savepoint is written; a URI or a path
   * @return where the savepoint lies
   * @throws FlinkRestException when it did not come about in that time; the job may then still run
   */
  public String stopWithSavepoint(String jobId, String directory, Duration within)
      throws InterruptedException {
    // With a key of our own the call can be repeated: it starts one savepoint, however often.
    String trigger = UUID.randomUUID().toString().replace("-", "");
    JsonNode unused =
        calls.send(
            "POST",
            JOBS + jobId + "/stop",
            Map.of(
                "targetDirectory",
                directory,
                "drain",
                false,
                "formatType",
                "CANONICAL",
                "triggerId",
                trigger),
            JsonNode.class,
            Repeat.ALWAYS);
    long deadline = nanoTicker.getAsLong() + within.toNanos();
    while (true) {
      JsonNode answer = calls.get(JOBS + jobId + "/savepoints/" + trigger, JsonNode.class);
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        return location(jobId, answer.path("operation"));
      }
      if (nanoTicker.getAsLong() - deadline > 0) {
        throw new FlinkRestException(
            "The savepoint of job %s was not complete after %d s"
                .formatted(jobId, within.toSeconds()),
            FlinkRestException.NO_ANSWER);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static String location(String jobId, JsonNode operation) {
    if (operation.hasNonNull("location")) {
      return operation.path("location").asText();
    }
    String trace = operation.path("failure-cause").path("stack-trace").asText("no reason given");
    throw new FlinkRestException(
        "The savepoint of job %s failed: %s".formatted(jobId, FlinkMessages.rootCause(trace)),
        FlinkRestException.NO_ANSWER);
  }

  /** Cancels a job; it may take a moment to end. Its retained checkpoints stay. */
  public void cancel(String jobId) throws InterruptedException {
    JsonNode unused =
        calls.send("PATCH", JOBS + jobId + "?mode=cancel", Map.of(), JsonNode.class, Repeat.ALWAYS);
  }

  public CheckpointStatistics checkpoints(String jobId) throws InterruptedException {
    return calls.get(JOBS + jobId + "/checkpoints", CheckpointStatistics.class);
  }

  /** The task managers that are registered; one that was lost stays for the heartbeat's timeout. */
  public List<TaskManager> taskManagers() throws InterruptedException {
    return list(
        calls.get("/v1/taskmanagers", JsonNode.class).path("taskmanagers"), TaskManager.class);
  }

  /** Why the job was started again or failed, the newest first. */
  public List<JobFailure> failures(String jobId) throws InterruptedException {
    return list(
        calls
            .get(JOBS + jobId + "/exceptions", JsonNode.class)
            .path("exceptionHistory")
            .path("entries"),
        JobFailure.class);
  }

  /**
   * Why a job that has ended did not finish, also one that never came to run; empty when it
   * finished or has not ended.
   */
  public Optional<String> endedBecause(String jobId) throws InterruptedException {
    JsonNode trace =
        calls
            .get(JOBS + jobId + "/execution-result", JsonNode.class)
            .path("job-execution-result")
            .path("failure-cause")
            .path("stack-trace");
    return trace.isMissingNode()
        ? Optional.empty()
        : Optional.of(FlinkMessages.rootCause(trace.asText()));
  }

  /** Those of the job's own metrics that there are; Flink collects them once somebody asks. */
  public Map<String, String> metrics(String jobId, String... names) throws InterruptedException {
    JsonNode answer =
        calls.get(
            JOBS + jobId + "/metrics?get=" + encoded(String.join(",", names)), JsonNode.class);
    Map<String, String> values = new HashMap<>();
    answer.forEach(metric -> values.put(metric.path("id").asText(), metric.path("value").asText()));
    return values;
  }

  /**
   * Metrics of a vertex, each the sum over its subtasks; Flink collects them once somebody asks.
   */
  public Map<String, Double> sums(String jobId, String vertexId, String... names)
      throws InterruptedException {
    JsonNode answer =
        calls.get(
            "%s%s/vertices/%s/subtasks/metrics?agg=sum&get=%s"
                .formatted(JOBS, jobId, vertexId, encoded(String.join(",", names))),
            JsonNode.class);
    Map<String, Double> values = new HashMap<>();
    answer.forEach(metric -> values.put(metric.path("id").asText(), metric.path("sum").asDouble()));
    return values;
  }

  /** The bounds of each vertex, by its id; the adaptive scheduler's. */
  public Map<String, ParallelismBounds> resourceRequirements(String jobId)
      throws InterruptedException {
    Map<String, ParallelismBounds> bounds = new LinkedHashMap<>();
    calls
        .get(JOBS + jobId + "/resource-requirements", JsonNode.class)
        .properties()
        .forEach(
            vertex -> {
              JsonNode parallelism = vertex.getValue().path("parallelism");
              bounds.put(
                  vertex.getKey(),
                  new ParallelismBounds(
                      parallelism.path("lowerBound").asInt(),
                      parallelism.path("upperBound").asInt()));
            });
    return bounds;
  }

  /**
   * Declares new bounds, for every vertex of the job. The job is rescaled by and by.
   *
   * @throws FlinkRestException also when the scheduler is not the adaptive one
   */
  public void putResourceRequirements(String jobId, Map<String, ParallelismBounds> bounds)
      throws InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    bounds.forEach(
        (vertex, of) ->
            body.put(
                vertex,
                Map.of("parallelism", Map.of("lowerBound", of.lower(), "upperBound", of.upper()))));
    JsonNode unused =
        calls.send(
            "PUT", JOBS + jobId + "/resource-requirements", body, JsonNode.class, Repeat.ALWAYS);
  }

  private <T> List<T> list(JsonNode nodes, Class<T> type) {
    return StreamSupport.stream(nodes.spliterator(), false)
        .map(node -> calls.convert(node, type))
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
