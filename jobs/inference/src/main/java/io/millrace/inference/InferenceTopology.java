package io.millrace.inference;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.decode.CommandDecoder;
import io.millrace.inference.deduplicate.DeduplicateFunction;
import io.millrace.inference.deduplicate.UniqueCommand;
import io.millrace.inference.infer.InferFunction;
import io.millrace.inference.infer.InferenceServiceFactory;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.publish.PublishFunction;
import io.millrace.inference.reference.References;
import io.millrace.inference.rollout.RolloutTopology;
import io.millrace.inference.route.RouteFunction;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.route.VersionPreloader;
import io.millrace.inference.traffic.TrafficChange;
import io.millrace.inference.window.ReportsTopology;
import io.millrace.jobs.FlinkConfiguration;
import io.millrace.jobs.decode.DecodeFunction;
import io.millrace.jobs.decode.MessageDecoder;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.jobs.types.SharedTypeInformation;
import io.millrace.kafka.ReceivedRecord;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutStatus;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The inference job as a diagram:
 *
 * <pre>
 * requests ─ decode ─ keyBy(fingerprint) ─ DEDUPLICATE ─ keyBy(fingerprint) ─ ROUTE ─ INFER ─ PUBLISH ─┬─ results
 *              │                                            ▲ broadcast                      │       └─ job store
 *              ├▶ dead letters     deployments ─ decode ────┤                                ├▶
 *              │                     decisions ─ decode ────┤                                │ observations,
 *              │                                    beats ──╯                                ▼ readiness
 *              │                 deployments, decisions, commands, feedback ─ decode ──▶ ROLLOUTS ─┬─ decisions
 *              ╰▶ dead letters                                                                     ╰─ status
 *                                      time of ROUTE, samples of PUBLISH, feedback ──▶ REPORTS ─┬─ drift
 *                                                                                                 ├─ quality
 *                                                                                                 ╰─ cost
 * </pre>
 *
 * Decisions leave for a log and count when they are read from it. {@link RolloutTopology} has the
 * rollouts' own diagram, {@link ReportsTopology} that of the reports.
 *
 * <p>The ends are parameters: Kafka and Redis in the job, bounded sources and collectors in tests.
 */
public final class InferenceTopology {

  /** Nobody changes a request after it was routed, so that the next step need not copy it. */
  private static final TypeInformation<RoutedRequest> ROUTED =
      new SharedTypeInformation<>(TypeInformation.of(RoutedRequest.class));

  private static final TypeInformation<UniqueCommand> UNIQUE =
      TypeInformation.of(UniqueCommand.class);

  private static final TypeInformation<TrafficChange> CHANGE =
      TypeInformation.of(TrafficChange.class);

  private final InferenceConfig config;
  private final VersionPreloader preloader;
  private final InferenceServiceFactory services;
  private final ProgressReporting progress;
  private final References.Factory references;

  public InferenceTopology(
      InferenceConfig config,
      VersionPreloader preloader,
      InferenceServiceFactory services,
      ProgressReporting progress,
      References.Factory references) {
    this.config = config;
    this.preloader = preloader;
    this.services = services;
    this.progress = progress;
    this.references = references;
  }

  /**
   * Where the job's inputs come from.
   *
   * @param beats something a few times a second, for steps that have something to do when nothing
   *     comes
   */
  public record Sources(
      DataStream<ReceivedRecord> requests,
      DataStream<ReceivedRecord> deployments,
      DataStream<ReceivedRecord> decisions,
      DataStream<ReceivedRecord> commands,
      DataStream<ReceivedRecord> feedback,
      DataStream<Long> beats) {}

  /**
   * Where the job's outputs go.
   *
   * @param decisions the log that the decisions are read from
   */
  public record Sinks(
      Sink<InferenceResult> results,
      Sink<InferenceResult> jobStore,
      Sink<RolloutDecision> decisions,
      Sink<RolloutStatus> status,
      Sink<DeadLetter> deadLetters,
      Sink<DriftReport> driftReports,
      Sink<QualityReport> qualityReports,
      Sink<CostReport> costReports) {}

  /** Adds the whole job to the environment that the streams belong to. */
  public void build(Sources sources, Sinks sinks) {
    var commands = decodeRequests(sources.requests());
    var deployed = decodeDeployments(sources.deployments());
    var decided = decodeDecisions(sources.decisions());
    var asked = decodeRolloutCommands(sources.commands());
    var labels = decodeFeedback(sources.feedback());
    var unique = deduplicate(commands);
    var routed = route(unique, changes(deployed, decided, sources.beats()));
    var answered = publish(infer(timeless(routed)));
    store(answered, sinks);
    tell(
        new RolloutTopology(config.rollouts().feedbackWait())
            .build(
                answered.getSideOutput(PublishFunction.OBSERVATIONS),
                answered.getSideOutput(PublishFunction.READINESS),
                deployed,
                decided,
                asked,
                labels),
        sinks);
    if (config.isObserving()) {
      report(
          new ReportsTopology(config, references)
              .build(
                  answered.getSideOutput(PublishFunction.SAMPLES),
                  routed.getSideOutput(RouteFunction.TIME),
                  labels),
          sinks);
    }
    bury(
        commands
            .getSideOutput(DecodeFunction.DEAD_LETTERS)
            .union(
                deployed.getSideOutput(DecodeFunction.DEAD_LETTERS),
                decided.getSideOutput(DecodeFunction.DEAD_LETTERS),
                asked.getSideOutput(DecodeFunction.DEAD_LETTERS),
                labels.getSideOutput(DecodeFunction.DEAD_LETTERS)),
        sinks);
  }

  private SingleOutputStreamOperator<InferenceCommand> decodeRequests(
      DataStream<ReceivedRecord> requests) {
    return requests
        .process(new DecodeFunction<>(new CommandDecoder(), progress), AvroTypes.COMMAND)
        .setBufferTimeout(FlinkConfiguration.REQUEST_BUFFER_TIMEOUT_MILLIS)
        .name("decode requests")
        .uid(OperatorIds.DECODE_REQUESTS);
  }

  private static SingleOutputStreamOperator<Deployment> decodeDeployments(
      DataStream<ReceivedRecord> deployments) {
    return decode(deployments, () -> MessageCodec.DEPLOYMENTS, AvroTypes.DEPLOYMENT)
        .name("decode deployments")
        .uid(OperatorIds.DECODE_DEPLOYMENTS)
        .setParallelism(1);
  }

  private static SingleOutputStreamOperator<RolloutDecision> decodeDecisions(
      DataStream<ReceivedRecord> decisions) {
    return decode(decisions, () -> MessageCodec.ROLLOUT_DECISIONS, AvroTypes.DECISION)
        .name("decode rollout decisions")
        .uid(OperatorIds.DECODE_DECISIONS)
        .setParallelism(1);
  }

  private static SingleOutputStreamOperator<RolloutCommand> decodeRolloutCommands(
      DataStream<ReceivedRecord> commands) {
    return decode(commands, () -> MessageCodec.ROLLOUT_COMMANDS, AvroTypes.ROLLOUT_COMMAND)
        .name("decode rollout commands")
        .uid(OperatorIds.DECODE_COMMANDS)
        .setParallelism(1);
  }

  private static SingleOutputStreamOperator<Feedback> decodeFeedback(
      DataStream<ReceivedRecord> feedback) {
    return decode(feedback, () -> MessageCodec.FEEDBACK, AvroTypes.FEEDBACK)
        .name("decode feedback")
        .uid(OperatorIds.DECODE_FEEDBACK);
  }

  private static <T extends SpecificRecordBase> SingleOutputStreamOperator<T> decode(
      DataStream<ReceivedRecord> records,
      MessageDecoder.CodecSupplier<T> codec,
      TypeInformation<T> type) {
    return records.process(new DecodeFunction<>(new MessageDecoder<>(codec)), type);
  }

  private static DataStream<TrafficChange> changes(
      DataStream<Deployment> deployed,
      DataStream<RolloutDecision> decided,
      DataStream<Long> beats) {
    return change(deployed.map(TrafficChange::of, CHANGE), OperatorIds.ASKED)
        .union(
            change(decided.map(TrafficChange::of, CHANGE), OperatorIds.DECIDED),
            change(beats.map(beat -> TrafficChange.beat(), CHANGE), OperatorIds.BEAT));
  }

  private static DataStream<TrafficChange> change(
      SingleOutputStreamOperator<TrafficChange> changes, String uid) {
    return changes.name(uid).uid(uid).setParallelism(1);
  }

  private SingleOutputStreamOperator<UniqueCommand> deduplicate(
      DataStream<InferenceCommand> commands) {
    return commands
        .keyBy(InferenceCommand::getFingerprint)
        .process(new DeduplicateFunction(config.deduplicate().ttl(), progress), UNIQUE)
        .setBufferTimeout(FlinkConfiguration.REQUEST_BUFFER_TIMEOUT_MILLIS)
        .name("deduplicate")
        .uid(OperatorIds.DEDUPLICATE);
  }

  private SingleOutputStreamOperator<RoutedRequest> route(
      DataStream<UniqueCommand> commands, DataStream<TrafficChange> changes) {
    return commands
        .keyBy(UniqueCommand::fingerprint)
        .connect(changes.broadcast(RouteFunction.TRAFFIC, RouteFunction.DEPLOYMENTS))
        .process(new RouteFunction(config.route().deploymentWait(), preloader, progress), ROUTED)
        .name("route")
        .uid(OperatorIds.ROUTE);
  }

  /**
   * Keeps watermarks out of the step that infers: a result that comes after one waits for all
   * requests before it, and a version that is slow or hangs would hold up all others.
   */
  private static DataStream<RoutedRequest> timeless(DataStream<RoutedRequest> requests) {
    return requests
        .assignTimestampsAndWatermarks(WatermarkStrategy.noWatermarks())
        .name("without event time")
        .uid(OperatorIds.TIMELESS);
  }

  private SingleOutputStreamOperator<Outcome> infer(DataStream<RoutedRequest> requests) {
    return AsyncDataStream.unorderedWait(
            requests,
            new InferFunction(services, progress),
            config.infer().timeout().toMillis(),
            TimeUnit.MILLISECONDS,
            config.infer().capacity())
        .name("infer")
        .uid(OperatorIds.INFER);
  }

  private static SingleOutputStreamOperator<InferenceResult> publish(DataStream<Outcome> outcomes) {
    return outcomes
        .process(new PublishFunction())
        .setBufferTimeout(FlinkConfiguration.REQUEST_BUFFER_TIMEOUT_MILLIS)
        .name("publish")
        .uid(OperatorIds.PUBLISH);
  }

  /**
   * The job store is written by the thread that publishes. The results have a task of their own: it
   * waits for Kafka at each checkpoint, and those who wait for the job store, or for a model, must
   * not.
   */
  private static void store(DataStream<InferenceResult> results, Sinks sinks) {
    results.sinkTo(sinks.results()).name("results").uid(OperatorIds.RESULTS).disableChaining();
    results.sinkTo(sinks.jobStore()).name("job store").uid(OperatorIds.JOB_STORE);
  }

  private static void tell(RolloutTopology.Outputs rollouts, Sinks sinks) {
    rollouts
        .decisions()
        .sinkTo(sinks.decisions())
        .name("rollout proposals")
        .uid(OperatorIds.PROPOSED)
        .setParallelism(1);
    rollouts
        .status()
        .sinkTo(sinks.status())
        .name("rollout status")
        .uid(OperatorIds.ROLLOUT_STATUS)
        .setParallelism(1);
  }

  private void report(ReportsTopology.Outputs reports, Sinks sinks) {
    if (config.drift().enabled()) {
      sink(reports.drift(), sinks.driftReports(), OperatorIds.DRIFT_REPORTS);
    }
    if (config.quality().enabled()) {
      sink(reports.quality(), sinks.qualityReports(), OperatorIds.QUALITY_REPORTS);
    }
    if (config.cost().enabled()) {
      sink(reports.cost(), sinks.costReports(), OperatorIds.COST_REPORTS);
    }
  }

  private static <T> void sink(DataStream<T> reports, Sink<T> sink, String id) {
    reports.sinkTo(sink).name(id.replace('-', ' ')).uid(id);
  }

  private static void bury(DataStream<DeadLetter> deadLetters, Sinks sinks) {
    deadLetters
        .sinkTo(sinks.deadLetters())
        .name("dead letters")
        .uid(OperatorIds.DEAD_LETTERS)
        .setParallelism(1);
  }
}
