package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.millrace.inference.Commands;
import io.millrace.inference.InferenceJob;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.state.Broker;
import io.millrace.inference.traffic.Traffics;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.ReferenceSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Requests of a real model become reports, in the whole job between a broker and a Redis. */
@ExtendWith(FaultStackResolver.class)
class ReportsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Answered before the job stops, and after it. */
  private static final int PART = 30;

  private static final int LABELLED = 20;

  /** What fills all partitions of the topic with later times. */
  private static final int LATER = 40;

  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
  private final Instant end = start.plus(Duration.ofMinutes(1));

  @TempDir private Path directory;

  @Test
  void aWindowThatTheJobStoppedInIsReportedWhole(FaultStack stack) throws Exception {
    try (Broker broker = Broker.start(directory.resolve("kafka"))) {
      // Given half of a window, some of it answered from the cache, and a job that stops
      Deployment deployment = Traffics.deployment(1, FaultStack.SOUND.version());
      deployment.setPricePerHour(3600.0);
      String savepoint;
      try (RunningJob job = start(stack, broker, null)) {
        broker.deploy(deployment);
        // What comes before its deployment has the time of the deployment.
        broker.send(Commands.command("first", "the first"), start.minus(Duration.ofMinutes(9)));
        until(() -> assertThat(broker.resultsByJob()).hasSize(1));
        for (int i = 0; i < PART; i++) {
          broker.send(request("before-", i), start.plusMillis(i));
        }
        until(() -> assertThat(broker.resultsByJob()).hasSize(1 + PART));
        savepoint = job.stop(directory);
      }

      // When it goes on, and the window ends
      try (RunningJob job = start(stack, broker, savepoint)) {
        for (int i = 0; i < PART; i++) {
          broker.send(request("after-", i), start.plusMillis(PART + i));
        }
        until(() -> assertThat(broker.resultsByJob()).hasSize(1 + 2 * PART));
        Map<String, InferenceResult> results = broker.resultsByJob();
        for (int i = 0; i < LABELLED; i++) {
          broker.tell(
              feedback(
                  "before-" + i,
                  i % 2 == 0 ? label(results.get("before-" + i)) : "no label of it"));
        }
        for (int i = 0; i < LATER; i++) {
          broker.send(Commands.command("later-" + i, "later " + i), end.plusSeconds(10));
        }

        // Then each report of it counts everything once
        long computed = of(results.values(), Origin.COMPUTED) - 1;
        until(
            () -> {
              List<DriftReport> drift =
                  last(broker.read(Topic.DRIFT_REPORTS, MessageCodec.DRIFT_REPORTS)).stream()
                      .filter(
                          report -> isFirstWindow(report.getWindowStart(), report.getWindowEnd()))
                      .filter(report -> report.getSegment().equals("all"))
                      .toList();
              assertThat(drift)
                  .extracting(DriftReport::getFeature)
                  .contains("token_count", "confidence", "label", "embedding");
              assertThat(drift).extracting(DriftReport::getN).containsOnly(computed);
              assertThat(drift)
                  .extracting(report -> report.getReference().getSource())
                  .containsOnly(ReferenceSource.PACKAGE);
            });
        until(
            () -> {
              List<QualityReport> quality =
                  broker.read(Topic.QUALITY_REPORTS, MessageCodec.QUALITY_REPORTS).stream()
                      .filter(
                          report -> isFirstWindow(report.getWindowStart(), report.getWindowEnd()))
                      .filter(report -> report.getSegment().equals("tenant=default"))
                      .toList();
              assertThat(quality).isNotEmpty();
              QualityReport report = quality.get(quality.size() - 1);
              assertThat(report.getAnswered()).isEqualTo(2 * PART);
              assertThat(report.getLabelled()).isEqualTo(LABELLED);
              assertThat(report.getAccuracy()).isEqualTo(0.5);
            });
        until(
            () -> {
              List<CostReport> cost =
                  broker.read(Topic.COST_REPORTS, MessageCodec.COST_REPORTS).stream()
                      .filter(
                          report -> isFirstWindow(report.getWindowStart(), report.getWindowEnd()))
                      .toList();
              assertThat(cost).isNotEmpty();
              CostReport report = cost.get(cost.size() - 1);
              assertThat(report.getTenant()).isEqualTo("default");
              assertThat(report.getComputed()).isEqualTo(computed);
              assertThat(report.getCached() + report.getCoalesced()).isEqualTo(2 * PART - computed);
              assertThat(report.getCost()).isCloseTo(report.getComputeSeconds(), within(1e-9));
              assertThat(report.getComputeSeconds()).isPositive();
            });
        assertThat(job.client().getJobStatus().get().isGloballyTerminalState()).isFalse();
      }
    }
  }

  /** Two in three contents are asked for once more. */
  private static InferenceCommand request(String name, int i) {
    return Commands.command(name + i, "where is my order number " + i % 20);
  }

  private static Feedback feedback(String jobId, String label) {
    return Feedback.newBuilder()
        .setJobId(jobId)
        .setModel(Commands.MODEL)
        .setLabel(label)
        .setCreatedAt(Instant.now())
        .build();
  }

  private static String label(@Nullable InferenceResult result) throws Exception {
    return Tensors.strings(
            Objects.requireNonNull(result).getOutputs().stream()
                .filter(output -> output.getName().equals("label"))
                .findFirst()
                .orElseThrow())
        .get(0);
  }

  private static long of(Collection<InferenceResult> results, Origin origin) {
    return results.stream().filter(result -> result.getOrigin() == origin).count();
  }

  private boolean isFirstWindow(Instant from, Instant until) {
    return from.equals(start) && until.equals(end);
  }

  /** Of each window and feature. */
  private static Collection<DriftReport> last(List<DriftReport> reports) {
    Map<List<Object>, DriftReport> last = new HashMap<>();
    reports.forEach(
        report ->
            last.put(
                List.of(
                    report.getFeature(),
                    report.getSegment(),
                    report.getWindowStart(),
                    report.getWindowEnd()),
                report));
    return last.values();
  }

  private static void until(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  private static RunningJob start(FaultStack stack, Broker broker, @Nullable String savepoint)
      throws Exception {
    InferenceConfig config =
        stack.config(
            Map.of(
                "PARALLELISM", "2",
                "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                "DRIFT_LATENESS", "10h",
                "DRIFT_LATE_INTERVAL", "500ms",
                "DRIFT_ANSWER_WAIT", "1s",
                // Nothing but watermarks ends a window.
                "DRIFT_IDLE_CLOSE", "1h"));
    Configuration flink = InferenceJob.flinkConfiguration(config);
    if (savepoint != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink);
    InferenceJob.build(environment, config);
    return new RunningJob(environment, environment.executeAsync("reports test"));
  }

  private record RunningJob(StreamExecutionEnvironment environment, JobClient client)
      implements AutoCloseable {

    String stop(Path directory) throws Exception {
      return client
          .stopWithSavepoint(
              false,
              directory.resolve("savepoints").toUri().toString(),
              SavepointFormatType.CANONICAL)
          .get();
    }

    @Override
    public void close() throws Exception {
      // The cluster lives as long as its job.
      try {
        if (!client.getJobStatus().get().isGloballyTerminalState()) {
          client.cancel().get();
        }
        var unused = client.getJobExecutionResult().handle((result, cancelled) -> result).get();
      } catch (IllegalStateException e) {
        // It is gone: it was stopped.
      }
      environment.close();
    }
  }
}
