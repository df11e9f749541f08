package io.millrace.inference.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.inference.Commands;
import io.millrace.inference.InferenceJob;
import io.millrace.inference.InferenceTopology;
import io.millrace.inference.Streams;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.infer.Sampling;
import io.millrace.inference.infer.SharedPreloader;
import io.millrace.inference.infer.SharedRuntimeStats;
import io.millrace.inference.infer.SharedServiceFactory;
import io.millrace.inference.publish.RedisStoreFactory;
import io.millrace.inference.reference.SharedReferences;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.jobs.publish.StoreSink;
import io.millrace.kafka.ReceivedRecord;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.RuntimeStats;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The whole job on a MiniCluster, with the real runtime and the real read side. Its source stays
 * open as Kafka does: at the end of a stream the job would wait for all answers before its next
 * checkpoint.
 */
final class FaultJob implements AutoCloseable {

  private static final int PARALLELISM = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final InferenceConfig config;
  private final int jobs;
  private final StreamExecutionEnvironment environment;
  private final CommittedSink<InferenceResult> results;
  private final JobClient client;

  private FaultJob(
      InferenceConfig config,
      int jobs,
      StreamExecutionEnvironment environment,
      CommittedSink<InferenceResult> results,
      JobClient client) {
    this.config = config;
    this.jobs = jobs;
    this.environment = environment;
    this.results = results;
    this.client = client;
  }

  /** A deployment of one version, without a fallback. */
  static FaultJob start(
      InferenceConfig config, ModelVersion deployed, List<InferenceCommand> commands)
      throws Exception {
    return start(config, Commands.deployment(deployed.model(), 1, deployed.version()), commands);
  }

  static FaultJob start(
      InferenceConfig config, Deployment deployment, List<InferenceCommand> commands)
      throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(InferenceJob.flinkConfiguration(config));
    environment.setParallelism(PARALLELISM);
    CommittedSink<InferenceResult> results = new CommittedSink<>();
    new InferenceTopology(
            config,
            new SharedPreloader(config.models()),
            new SharedServiceFactory(
                config.models(),
                config.redis(),
                config.infer(),
                config.tracing(),
                Sampling.by(config.drift().dimensions())),
            ProgressReporting.NONE,
            new SharedReferences(config.models()))
        .build(
            new InferenceTopology.Sources(
                requests(environment, commands),
                environment
                    .fromData(
                        record(Topic.DEPLOYMENTS, MessageCodec.DEPLOYMENTS.encode(deployment)))
                    .uid("test-deployments")
                    .setParallelism(1),
                Streams.nothing(environment, TypeInformation.of(ReceivedRecord.class)),
                Streams.nothing(environment, TypeInformation.of(ReceivedRecord.class)),
                Streams.nothing(environment, TypeInformation.of(ReceivedRecord.class)),
                Streams.nothing(environment, Types.LONG)),
            new InferenceTopology.Sinks(
                results,
                new StoreSink<>(
                    "job store", new RedisStoreFactory(config.redis(), config.tracing()), 64),
                new DiscardingSink<>(),
                new DiscardingSink<>(),
                new DiscardingSink<>(),
                new DiscardingSink<>(),
                new DiscardingSink<>(),
                new DiscardingSink<>()));
    int jobs = (int) commands.stream().map(InferenceCommand::getJobId).distinct().count();
    return new FaultJob(config, jobs, environment, results, environment.executeAsync("faults"));
  }

  CommittedSink<InferenceResult> results() {
    return results;
  }

  /** What the runtime has done with a version. */
  RuntimeStats stats(ModelVersion version) {
    return SharedRuntimeStats.of(config.models(), version);
  }

  /**
   * Waits for a result of each of the jobs, and whether more come: all results that were committed.
   */
  Map<String, InferenceResult> finish() {
    await().atMost(PATIENCE).until(() -> results.committed().size() >= jobs);
    int commits = results.commits() + 2 * PARALLELISM;
    await().atMost(PATIENCE).until(() -> results.commits() >= commits);
    List<InferenceResult> committed = results.committed();
    assertThat(committed).extracting(InferenceResult::getJobId).doesNotHaveDuplicates();
    return committed.stream()
        .collect(Collectors.toMap(InferenceResult::getJobId, Function.identity()));
  }

  /** {@code SUCCEEDED}, or why there is no success, by job id. */
  static Map<String, String> outcomes(Map<String, InferenceResult> results) {
    Map<String, String> outcomes = new TreeMap<>();
    results.forEach((job, result) -> outcomes.put(job, outcome(result)));
    return outcomes;
  }

  private static String outcome(InferenceResult result) {
    return result.getStatus() == ResultStatus.FAILED
        ? result.getError().getReason().name()
        : result.getStatus().name();
  }

  private static DataStream<ReceivedRecord> requests(
      StreamExecutionEnvironment environment, List<InferenceCommand> commands) {
    List<ReceivedRecord> records =
        commands.stream()
            .map(command -> record(Topic.REQUESTS, MessageCodec.COMMANDS.encode(command)))
            .toList();
    TypeInformation<ReceivedRecord> type = TypeInformation.of(ReceivedRecord.class);
    DataStream<ReceivedRecord> open =
        environment
            .fromSource(
                new DataGeneratorSource<>(
                    index -> record(Topic.REQUESTS, new byte[0]),
                    Long.MAX_VALUE,
                    RateLimiterStrategy.perSecond(1),
                    type),
                WatermarkStrategy.noWatermarks(),
                "open")
            .uid("test-open")
            .setParallelism(1)
            .filter(nothing -> false)
            .uid("test-nothing")
            .setParallelism(1);
    return environment.fromData(records).uid("test-requests").union(open);
  }

  private static ReceivedRecord record(Topic topic, byte[] value) {
    return new ReceivedRecord(topic.name(), 0, 0, 0, null, value, List.of());
  }

  @Override
  public void close() throws Exception {
    client.cancel().get();
    var unused = client.getJobExecutionResult().handle((result, cancelled) -> result).get();
    environment.close();
  }
}
