package io.millrace.inference.state;

import io.millrace.inference.InferenceJob;
import io.millrace.inference.InferenceTopology;
import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.infer.EchoServiceFactory;
import io.millrace.inference.reference.NoReferences;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.kafka.KafkaSinks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** The whole job in this process, between a real broker and models that echo. */
final class StateJob implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final StreamExecutionEnvironment environment;
  private final JobClient client;
  private final Path directory;
  private volatile boolean stopped;

  private StateJob(StreamExecutionEnvironment environment, JobClient client, Path directory) {
    this.environment = environment;
    this.client = client;
    this.directory = directory;
  }

  /**
   * What tests tell the job.
   *
   * @param deploymentWait how long a command waits for its model's deployment
   * @param seenTtl how long a job id is remembered
   */
  record Settings(int parallelism, Duration deploymentWait, Duration seenTtl) {}

  /**
   * Starts it.
   *
   * @param directory of checkpoints and savepoints
   * @param savepoint where it goes on; null to start with nothing
   */
  static StateJob start(
      Broker broker, Path directory, Settings settings, @Nullable String savepoint)
      throws Exception {
    InferenceConfig config =
        ConfigLoader.load(
            null,
            Map.of(
                "MILLRACE_INFERENCE_PARALLELISM",
                Integer.toString(settings.parallelism()),
                "MILLRACE_INFERENCE_KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "MILLRACE_INFERENCE_DEDUPLICATE_TTL",
                settings.seenTtl().toMillis() + "ms",
                "MILLRACE_INFERENCE_ROUTE_DEPLOYMENT_WAIT",
                settings.deploymentWait().toMillis() + "ms",
                "MILLRACE_INFERENCE_CHECKPOINTS_DIRECTORY",
                directory.toUri().toString(),
                "MILLRACE_INFERENCE_CHECKPOINTS_INTERVAL",
                "200ms"));
    Configuration flink = InferenceJob.flinkConfiguration(config);
    // A savepoint as small as these ones is then a single file.
    flink.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
    // What cannot be restored fails the test at once.
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    if (savepoint != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink);
    build(environment, config);
    return new StateJob(environment, environment.executeAsync("state test"), directory);
  }

  /** As {@link InferenceJob} builds it, without Redis and models. The uids are the contract. */
  private static void build(StreamExecutionEnvironment environment, InferenceConfig config) {
    environment.setParallelism(config.parallelism());
    new InferenceTopology(
            config,
            new Preloads(),
            new EchoServiceFactory(),
            ProgressReporting.NONE,
            new NoReferences())
        .build(
            InferenceJob.sources(environment, config),
            new InferenceTopology.Sinks(
                KafkaSinks.results(config.kafka()),
                new DiscardingSink<>(),
                KafkaSinks.rolloutDecisions(config.kafka()),
                new DiscardingSink<>(),
                KafkaSinks.deadLetters(config.kafka()),
                KafkaSinks.driftReports(config.kafka()),
                KafkaSinks.qualityReports(config.kafka()),
                KafkaSinks.costReports(config.kafka())));
  }

  /** Waits until the assertion holds; fails at once when the job does. */
  void await(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(PATIENCE)
        .failFast("the job goes on", () -> status() == JobStatus.FAILED)
        .untilAsserted(assertion);
  }

  /** Stops it as an upgrade does, and returns where its state is. */
  String stopWithSavepoint() throws Exception {
    String savepoint =
        client
            .stopWithSavepoint(
                false,
                directory.resolve("savepoints").toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get();
    client.getJobExecutionResult().get();
    stopped = true;
    return savepoint;
  }

  private JobStatus status() throws Exception {
    return client.getJobStatus().get();
  }

  @Override
  public void close() throws Exception {
    // The cluster lives as long as its job.
    if (!stopped && !status().isGloballyTerminalState()) {
      client.cancel().get();
    }
    environment.close();
  }
}
