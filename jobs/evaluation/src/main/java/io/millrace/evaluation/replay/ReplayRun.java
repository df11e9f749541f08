package io.millrace.evaluation.replay;

import io.millrace.evaluation.BoundedJobs;
import io.millrace.evaluation.Classifiers;
import io.millrace.evaluation.EvaluationException;
import io.millrace.evaluation.RunProgress;
import io.millrace.evaluation.RunProgress.Phase;
import io.millrace.evaluation.ask.Models;
import io.millrace.evaluation.report.ReplayReport;
import io.millrace.evaluation.report.VersionFacts;
import io.millrace.models.packages.ModelPackage;
import io.millrace.schemas.Topic;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * The replay, a bounded job:
 *
 * <pre>
 * requests (a time range) ─ keyBy(job id) ─┬─ JOIN ─ ASK AGAIN (async, the other version) ─▶ tally ─▶ report
 * results (committed)     ─ keyBy(job id) ─┘
 * </pre>
 *
 * It has no sink and no result cache, and commits no offsets: the live topics stay as they are.
 */
public final class ReplayRun {

  private static final long ANSWER_TIMEOUT_MINUTES = 10;
  private static final int CAPACITY = 256;

  private final Supplier<StreamExecutionEnvironment> environments;
  private final Clock clock;

  /** On the cluster that the program was submitted to, or else in this process. */
  public ReplayRun(Clock clock) {
    this(BoundedJobs::environment, clock);
  }

  ReplayRun(Supplier<StreamExecutionEnvironment> environments, Clock clock) {
    this.environments = environments;
    this.clock = clock;
  }

  /**
   * Replays.
   *
   * @throws EvaluationException when the version is missing, damaged or no classifier, or Kafka
   *     does not answer
   */
  public ReplayReport run(ReplayRequest request, RunProgress progress) throws EvaluationException {
    Models models = new Models(request.repository().toString());
    ModelPackage version = Classifiers.open(models, request.model(), request.version());
    LogRange requests;
    LogRange results;
    try {
      requests = LogRange.between(request.kafka(), Topic.REQUESTS, request.from(), request.to());
      results = LogRange.since(request.kafka(), Topic.RESULTS, request.from());
    } catch (KafkaException e) {
      throw new EvaluationException(
          "Kafka at %s cannot be read: %s".formatted(request.kafka(), e.getMessage()), e);
    }
    Tally tally = replay(models, request, requests, results, progress);
    return report(request, version, tally);
  }

  private Tally replay(
      Models models,
      ReplayRequest request,
      LogRange requests,
      LogRange results,
      RunProgress progress)
      throws EvaluationException {
    Tally tally = new Tally();
    if (requests.size() == 0) {
      return tally;
    }
    StreamExecutionEnvironment environment = environments.get();
    var submitted =
        read(
            environment,
            "requests",
            source(
                request,
                Topic.REQUESTS,
                requests,
                new CommandReader(request.model(), request.from(), request.to())));
    var answered =
        read(
            environment,
            "results",
            source(request, Topic.RESULTS, results, new ResultReader(request.model())));
    var recorded =
        submitted
            .keyBy(LoggedCommand::jobId)
            .connect(answered.keyBy(LoggedResult::jobId))
            .process(new JoinFunction())
            .name("join")
            .uid("join");
    var replayed =
        AsyncDataStream.unorderedWait(
                recorded,
                new AskAgain(models, request.model(), request.version()),
                ANSWER_TIMEOUT_MINUTES,
                TimeUnit.MINUTES,
                CAPACITY)
            .name("ask again")
            .uid("ask-again");
    long[] done = new long[1];
    BoundedJobs.collect(
        replayed,
        "millrace-replay",
        job -> {
          tally.add(job);
          progress.at(Phase.ANSWERING, ++done[0], requests.size());
        });
    return tally;
  }

  private static <T> DataStream<T> read(
      StreamExecutionEnvironment environment, String name, KafkaSource<T> source) {
    return environment.fromSource(source, WatermarkStrategy.noWatermarks(), name).uid(name);
  }

  private static <T> KafkaSource<T> source(
      ReplayRequest request,
      Topic topic,
      LogRange range,
      KafkaRecordDeserializationSchema<T> reader) {
    Properties properties = new Properties();
    properties.putAll(request.kafka().client(Map.of()));
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.setProperty("commit.offsets.on.checkpoint", "false");
    // Maps and sets that can be sent to the cluster.
    return KafkaSource.<T>builder()
        .setBootstrapServers(request.kafka().bootstrapServers())
        .setProperties(properties)
        .setClientIdPrefix("millrace-replay-" + topic.name())
        .setPartitions(new HashSet<>(range.starts().keySet()))
        .setStartingOffsets(OffsetsInitializer.offsets(new HashMap<>(range.starts())))
        .setBounded(OffsetsInitializer.offsets(new HashMap<>(range.ends())))
        .setDeserializer(reader)
        .build();
  }

  private ReplayReport report(ReplayRequest request, ModelPackage version, Tally tally)
      throws EvaluationException {
    try {
      return new ReplayReport(
          UUID.randomUUID().toString(),
          clock.instant().truncatedTo(ChronoUnit.MILLIS),
          request.model(),
          VersionFacts.of(version),
          new ReplayReport.Range(request.from(), request.to()),
          tally.requests(),
          tally.answers(request.pricePerHour()));
    } catch (IOException e) {
      throw new EvaluationException("Cannot read the size of the package: " + e.getMessage(), e);
    }
  }
}
