package io.millrace.inference.route;

import io.millrace.inference.deduplicate.UniqueCommand;
import io.millrace.inference.metrics.FailureMetrics;
import io.millrace.inference.metrics.FlinkMeters;
import io.millrace.inference.publish.Failure;
import io.millrace.inference.publish.Results;
import io.millrace.inference.traffic.ModelTraffic;
import io.millrace.inference.traffic.Serving;
import io.millrace.inference.traffic.TrafficChange;
import io.millrace.jobs.progress.ProgressReport;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Submit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Gives each command the model version that answers it. Deployments and the decisions on them
 * arrive as broadcast state; {@link ModelTraffic} says what follows. Versions are held loaded from
 * their deployment on. A revision that waits for its versions is probed: the probe goes on as a
 * request does, and the next step answers it when they are loaded.
 *
 * <p>A command that comes before its model's deployment waits in keyed state, which is freed when
 * the deployment comes or when the wait is over; then the job fails with {@code MODEL_NOT_FOUND}.
 */
public final class RouteFunction
    extends KeyedBroadcastProcessFunction<String, UniqueCommand, TrafficChange, RoutedRequest>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** Deployments by model, where versions of the job without rollouts kept them; empty since. */
  public static final MapStateDescriptor<String, Deployment> DEPLOYMENTS =
      new MapStateDescriptor<>("deployments", Types.STRING, TypeInformation.of(Deployment.class));

  /** By model. */
  public static final MapStateDescriptor<String, ModelTraffic> TRAFFIC =
      new MapStateDescriptor<>("traffic", Types.STRING, TypeInformation.of(ModelTraffic.class));

  /** Nothing but the event time of the requests, for those who come after the next step. */
  public static final OutputTag<Boolean> TIME =
      new OutputTag<>("time") {
        private static final long serialVersionUID = 1L;
      };

  private static final ListStateDescriptor<WaitingCommand> WAITING =
      new ListStateDescriptor<>("waiting-for-deployment", TypeInformation.of(WaitingCommand.class));

  private final long deploymentWaitMillis;
  private final VersionPreloader preloader;
  private final ProgressReporting reporting;
  private final Map<String, ModelTraffic> restored = new HashMap<>();
  private transient ListState<WaitingCommand> waiting;
  private transient VersionPreloader.Opened preloading;
  private transient RoutingTable table;
  private transient TrafficMetrics metrics;
  private transient FailureMetrics failures;
  private transient ProgressReport progress;

  /**
   * @param deploymentWait how long a command waits for its model's deployment
   */
  public RouteFunction(
      Duration deploymentWait, VersionPreloader preloader, ProgressReporting reporting) {
    deploymentWaitMillis = deploymentWait.toMillis();
    this.preloader = preloader;
    this.reporting = reporting;
  }

  /** What is in the state already does not come again, and is held as well. */
  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    BroadcastState<String, ModelTraffic> traffic =
        context.getOperatorStateStore().getBroadcastState(TRAFFIC);
    BroadcastState<String, Deployment> deployments =
        context.getOperatorStateStore().getBroadcastState(DEPLOYMENTS);
    for (Map.Entry<String, Deployment> old : deployments.immutableEntries()) {
      traffic.put(old.getKey(), ModelTraffic.NONE.with(old.getValue()));
    }
    deployments.clear();
    traffic.immutableEntries().forEach(entry -> restored.put(entry.getKey(), entry.getValue()));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // Broadcast state is written where it changes.
  }

  @Override
  public void open(OpenContext context) {
    waiting = getRuntimeContext().getListState(WAITING);
    preloading = preloader.open(getRuntimeContext().getMetricGroup());
    table = new RoutingTable(preloading);
    metrics = new TrafficMetrics(getRuntimeContext().getMetricGroup());
    failures = new FailureMetrics(new FlinkMeters(getRuntimeContext().getMetricGroup()));
    restored.forEach(this::takeOver);
    progress = reporting.open();
  }

  @Override
  public void processElement(
      UniqueCommand unique, ReadOnlyContext context, Collector<RoutedRequest> out)
      throws Exception {
    InferenceCommand command = unique.command();
    long now = context.timerService().currentProcessingTime();
    if (unique.cancelled()) {
      reject(Results.cancelled(command, null, Instant.ofEpochMilli(now)), out);
    } else if (!(command.getCommand() instanceof Submit submit)) {
      cancel(command, now, out);
    } else if (passed(submit.getDeadline(), now)) {
      reject(Results.expired(command, null, Instant.ofEpochMilli(now)), out);
    } else {
      Serving serving = table.find(command.getModel());
      if (serving != null) {
        Router.route(command, serving).forEach(out::collect);
      } else {
        await(command, submit.getDeadline(), now, context);
      }
    }
    // Infer, if that is where it went, has counted it. One that waits here does not count: it waits
    // for an operator, not for a model.
    progress.left();
  }

  private void await(
      InferenceCommand command, @Nullable Instant deadline, long now, ReadOnlyContext context)
      throws Exception {
    long until = now + deploymentWaitMillis;
    if (deadline != null && deadline.toEpochMilli() < until) {
      until = deadline.toEpochMilli();
    }
    waiting.add(new WaitingCommand(command, until));
    context.timerService().registerProcessingTimeTimer(until);
  }

  /** A job that waits here ends here; else the cancellation follows it. */
  private void cancel(InferenceCommand command, long now, Collector<RoutedRequest> out)
      throws Exception {
    List<WaitingCommand> left = new ArrayList<>();
    boolean found = false;
    for (WaitingCommand entry : waiting.get()) {
      if (entry.command().getJobId().equals(command.getJobId())) {
        found = true;
        reject(Results.cancelled(entry.command(), null, Instant.ofEpochMilli(now)), out);
      } else {
        left.add(entry);
      }
    }
    if (found) {
      waiting.update(left);
    } else {
      out.collect(RoutedRequest.cancellation(command));
    }
  }

  /** Its result goes the way of all others. */
  private void reject(InferenceResult result, Collector<RoutedRequest> out) {
    // A model that is not deployed may have any name.
    String model = result.getModel();
    failures.rejected(
        table.find(model) == null ? FailureMetrics.UNKNOWN_MODEL : model,
        result.getError().getReason());
    out.collect(RoutedRequest.rejected(result));
  }

  private static boolean passed(@Nullable Instant deadline, long now) {
    return deadline != null && deadline.toEpochMilli() <= now;
  }

  @Override
  public void processBroadcastElement(
      TrafficChange change, Context context, Collector<RoutedRequest> out) throws Exception {
    String model = change.model();
    if (model != null) {
      BroadcastState<String, ModelTraffic> traffic = context.getBroadcastState(TRAFFIC);
      ModelTraffic known = traffic.get(model);
      ModelTraffic changed = change.appliedTo(known == null ? ModelTraffic.NONE : known);
      traffic.put(model, changed);
      boolean deployedBefore = table.find(model) != null;
      takeOver(model, changed);
      Serving serving = table.find(model);
      if (serving != null && !deployedBefore) {
        context.applyToKeyedState(
            WAITING, (fingerprint, commands) -> release(commands, model, serving, out));
      }
    }
    // Not answered while the versions load, and so asked again with each beat.
    (model == null ? table.probes().stream() : table.probe(model).stream())
        .forEach(probe -> out.collect(RoutedRequest.of(probe)));
  }

  private void takeOver(String model, ModelTraffic traffic) {
    table.put(model, traffic);
    Serving serving = table.find(model);
    if (serving != null) {
      metrics.show(model, serving);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RoutedRequest> out)
      throws Exception {
    List<WaitingCommand> left = new ArrayList<>();
    for (WaitingCommand entry : waiting.get()) {
      if (entry.until() > timestamp) {
        left.add(entry); // Came later; has a timer of its own.
      } else {
        reject(waitedInVain(entry.command(), timestamp), out);
      }
    }
    waiting.update(left);
  }

  @Override
  public void close() {
    if (preloading != null) {
      preloading.close();
    }
    if (progress != null) {
      progress.close();
    }
  }

  private static void release(
      ListState<WaitingCommand> commands,
      String model,
      Serving serving,
      Collector<RoutedRequest> out)
      throws Exception {
    List<WaitingCommand> left = new ArrayList<>();
    for (WaitingCommand entry : commands.get()) {
      if (entry.command().getModel().equals(model)) {
        Router.route(entry.command(), serving).forEach(out::collect);
      } else {
        left.add(entry);
      }
    }
    commands.update(left);
  }

  private static InferenceResult waitedInVain(InferenceCommand command, long timestamp) {
    Instant now = Instant.ofEpochMilli(timestamp);
    if (command.getCommand() instanceof Submit submit && passed(submit.getDeadline(), timestamp)) {
      return Results.expired(command, null, now);
    }
    return Results.failed(
        command,
        null,
        new Failure(
            ErrorReason.MODEL_NOT_FOUND, "model '" + command.getModel() + "' is not deployed"),
        null,
        now);
  }
}
