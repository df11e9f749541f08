package io.millrace.webhooks.deliver;

import io.millrace.cache.WebhookDeliveryStatus;
import io.millrace.jobs.LogContext;
import io.millrace.schemas.avro.WebhookDeadLetter;
import io.millrace.schemas.avro.WebhookDeadLetterReason;
import io.millrace.schemas.avro.WebhookDelivery;
import io.millrace.webhooks.send.Outcome;
import io.millrace.webhooks.send.WebhookSender;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers, endpoint by endpoint: the key is an endpoint, so that what one does changes nothing for
 * the others. The first input is new deliveries, the second those that an operator wants made
 * again; what is given up comes out, and {@link #STATUS} beside it.
 *
 * <p>A delivery is in exactly one of three places of its endpoint's state: the queue, the attempts
 * under way, or those that wait for their next attempt. Attempts run outside of Flink; while there
 * are some, the endpoint has a timer that looks whether they have ended. After a restore the
 * attempts in the state are made again, so that none is lost: a receiver sees the same {@code
 * webhook-id}.
 */
public final class DeliverFunction
    extends KeyedCoProcessFunction<String, WebhookDelivery, WebhookDelivery, WebhookDeadLetter>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** What becomes of deliveries. */
  public static final OutputTag<WebhookDeliveryStatus> STATUS =
      new OutputTag<>("status") {
        private static final long serialVersionUID = 1L;
      };

  private static final TypeInformation<QueuedDelivery> QUEUED =
      TypeInformation.of(QueuedDelivery.class);

  private static final ValueStateDescriptor<EndpointState> ENDPOINT =
      new ValueStateDescriptor<>("endpoint", TypeInformation.of(EndpointState.class));

  private static final Logger LOG = LoggerFactory.getLogger(DeliverFunction.class);

  private static final MapStateDescriptor<Long, QueuedDelivery> QUEUE =
      new MapStateDescriptor<>("queue", Types.LONG, QUEUED);

  private static final MapStateDescriptor<Long, QueuedDelivery> RUNNING =
      new MapStateDescriptor<>("running", Types.LONG, QUEUED);

  private static final MapStateDescriptor<Long, List<QueuedDelivery>> RETRIES =
      new MapStateDescriptor<>("retries", Types.LONG, Types.LIST(QUEUED));

  private static final ListStateDescriptor<PendingAges.Minute> PENDING =
      new ListStateDescriptor<>("pending", TypeInformation.of(PendingAges.Minute.class));

  /** What a turn gives up at most, so that a long queue does not stop the subtask. */
  private static final int MAX_GIVEN_UP = 200;

  private static final long SOON_MILLIS = 50;

  private final RetrySchedule schedule;
  private final EndpointOptions options;
  private final WebhookSender.Factory senders;
  private final PendingAges pending = new PendingAges();
  private transient ValueState<EndpointState> endpoint;
  private transient MapState<Long, QueuedDelivery> queue;
  private transient MapState<Long, QueuedDelivery> running;
  private transient MapState<Long, List<QueuedDelivery>> retries;
  private transient @Nullable ListState<PendingAges.Minute> pendingState;
  private transient WebhookSender sender;
  private transient RunningAttempts attempts;
  private transient DeliveryMetrics metrics;
  private transient RandomGenerator random;
  private transient Map<String, Long> nextTurns;
  private transient Map<String, Long> pauses;

  public DeliverFunction(
      RetrySchedule schedule, EndpointOptions options, WebhookSender.Factory senders) {
    this.schedule = schedule;
    this.options = options;
    this.senders = senders;
  }

  /** The key of a delivery. */
  public static String endpointOf(WebhookDelivery delivery) {
    return delivery.getTenant() + "\n" + delivery.getUrl();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    ListState<PendingAges.Minute> minutes = context.getOperatorStateStore().getListState(PENDING);
    for (PendingAges.Minute minute : minutes.get()) {
      pending.add(minute);
    }
    pendingState = minutes;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    Objects.requireNonNull(pendingState).update(pending.minutes());
  }

  @Override
  public void open(OpenContext context) {
    endpoint = getRuntimeContext().getState(ENDPOINT);
    queue = getRuntimeContext().getMapState(QUEUE);
    running = getRuntimeContext().getMapState(RUNNING);
    retries = getRuntimeContext().getMapState(RETRIES);
    sender = senders.get();
    attempts = new RunningAttempts(sender);
    random = new SplittableRandom();
    nextTurns = new HashMap<>();
    pauses = new ConcurrentHashMap<>();
    metrics = new DeliveryMetrics(getRuntimeContext().getMetricGroup());
    LongSupplier clock = Clock.systemUTC()::millis;
    metrics.gauge("millrace_webhook_in_flight", attempts::count);
    metrics.gauge("millrace_webhook_pending", pending::total);
    metrics.gauge(
        "millrace_webhook_oldest_pending_seconds", () -> pending.oldestSeconds(clock.getAsLong()));
    metrics.gauge(
        "millrace_webhook_paused_endpoints",
        () -> pauses.values().stream().filter(until -> until > clock.getAsLong()).count());
  }

  @Override
  public void processElement1(
      WebhookDelivery delivery, Context context, Collector<WebhookDeadLetter> out)
      throws Exception {
    Turn turn = new Turn(context, out);
    turn.accept(delivery);
    turn.run();
  }

  /** An operator asks for it: whatever the endpoint did before is forgotten. */
  @Override
  public void processElement2(
      WebhookDelivery delivery, Context context, Collector<WebhookDeadLetter> out)
      throws Exception {
    Turn turn = new Turn(context, out);
    turn.forgive();
    turn.accept(delivery);
    turn.run();
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<WebhookDeadLetter> out)
      throws Exception {
    Turn turn = new Turn(context, out);
    turn.release(timestamp);
    turn.run();
  }

  @Override
  public void close() {
    if (sender != null) {
      sender.close();
    }
  }

  /** One look at one endpoint: takes what has ended, and begins what may begin. */
  private final class Turn {

    private final Context context;
    private final Collector<WebhookDeadLetter> out;
    private final TimerService timers;
    private final String key;
    private final long now;
    private EndpointState state;
    private @Nullable Long nextTurn;

    Turn(Context context, Collector<WebhookDeadLetter> out) throws Exception {
      this.context = context;
      this.out = out;
      timers = context.timerService();
      key = context.getCurrentKey();
      now = timers.currentProcessingTime();
      EndpointState known = endpoint.value();
      state = known == null ? EndpointState.NEW : known;
    }

    void accept(WebhookDelivery delivery) throws Exception {
      QueuedDelivery queued = QueuedDelivery.of(delivery, now);
      pending.add(queued.queuedAt());
      enqueue(queued);
      show(queued, WebhookDeliveryStatus.State.PENDING, now);
    }

    void forgive() {
      state = state.with(EndpointHealth.UNKNOWN);
    }

    /** Those whose time has come. */
    void release(long timestamp) throws Exception {
      nextTurns.remove(key, timestamp);
      List<QueuedDelivery> due = retries.get(timestamp);
      if (due != null) {
        retries.remove(timestamp);
        state = state.waiting(-due.size());
        for (QueuedDelivery queued : due) {
          enqueue(queued);
        }
      }
    }

    void run() throws Exception {
      takeOutcomes();
      if (state.health().disabled(now)) {
        giveUpAll();
      } else if (state.health().paused(now)) {
        giveUpOld();
      } else {
        begin();
      }
      planNextTurn();
      keep();
    }

    private void enqueue(QueuedDelivery queued) throws Exception {
      queue.put(state.tail(), queued);
      state = state.queued();
    }

    private QueuedDelivery take() throws Exception {
      QueuedDelivery queued = queue.get(state.head());
      queue.remove(state.head());
      state = state.taken();
      return queued;
    }

    private void takeOutcomes() throws Exception {
      if (state.running() == 0) {
        return;
      }
      List<Map.Entry<Long, QueuedDelivery>> all = new ArrayList<>();
      running.entries().forEach(all::add);
      for (Map.Entry<Long, QueuedDelivery> attempt : all) {
        long number = attempt.getKey();
        if (!attempts.isHere(key, number)) {
          if (attempts.hasRoom()) { // Restored: its outcome is not known, so it is made again.
            attempts.start(key, number, attempt.getValue().delivery(), now);
          }
          continue;
        }
        Outcome outcome = attempts.takeOutcome(key, number);
        if (outcome != null) {
          running.remove(number);
          state = state.ended();
          ended(attempt.getValue(), outcome);
        }
      }
    }

    private void ended(QueuedDelivery queued, Outcome outcome) throws Exception {
      if (outcome instanceof Outcome.Delivered delivered) {
        metrics.attempt("delivered");
        state = state.with(state.health().succeeded(options));
        QueuedDelivery done = queued.ended(now, delivered.statusCode(), null);
        pending.remove(done.queuedAt());
        show(done, WebhookDeliveryStatus.State.DELIVERED, null);
      } else if (outcome instanceof Outcome.Failed failed) {
        metrics.attempt("failed");
        failed(queued.ended(now, failed.statusCode(), failed.error()), failed);
      } else if (outcome instanceof Outcome.Gone gone) {
        metrics.attempt("gone");
        state = state.with(state.health().gone(now, options));
        giveUp(
            queued.ended(now, gone.statusCode(), "status " + gone.statusCode()),
            WebhookDeadLetterReason.ENDPOINT_DISABLED,
            "the endpoint answered 410: it wants nothing more");
      } else if (outcome instanceof Outcome.Refused refused) {
        metrics.attempt("refused");
        giveUp(queued, refused.reason(), refused.detail());
      }
    }

    private void failed(QueuedDelivery queued, Outcome.Failed failed) throws Exception {
      Duration least = failed.retryAfter() == null ? Duration.ZERO : failed.retryAfter();
      EndpointHealth health = state.health().failed(now, options);
      // Who asks to be left alone means all deliveries, not only this one.
      state = state.with(health.pausedAtLeastUntil(least.isZero() ? 0 : now + least.toMillis()));
      Optional<Duration> delay = schedule.delayAfter(queued.attempts(), least, random);
      if (delay.isEmpty()) {
        giveUp(queued, WebhookDeadLetterReason.EXHAUSTED, failed.error());
        return;
      }
      long due = now + Math.max(1, delay.get().toMillis());
      List<QueuedDelivery> others = retries.get(due);
      List<QueuedDelivery> all = others == null ? new ArrayList<>() : new ArrayList<>(others);
      all.add(queued);
      retries.put(due, all);
      state = state.waiting(1);
      timers.registerProcessingTimeTimer(due);
      show(queued, WebhookDeliveryStatus.State.PENDING, due);
    }

    private void begin() throws Exception {
      int limit = Math.max(1, state.health().concurrency());
      while (!state.queueIsEmpty() && state.running() < limit && attempts.hasRoom()) {
        QueuedDelivery queued = take();
        long number = state.nextAttempt();
        running.put(number, queued);
        state = state.started();
        attempts.start(key, number, queued.delivery(), now);
      }
    }

    /** The endpoint is disabled: what waits for it goes, some in each turn. */
    private void giveUpAll() throws Exception {
      String detail = "the endpoint answered 410 to another delivery";
      int left = MAX_GIVEN_UP;
      for (; left > 0 && !state.queueIsEmpty(); left--) {
        giveUp(take(), WebhookDeadLetterReason.ENDPOINT_DISABLED, detail);
      }
      List<Long> times = new ArrayList<>();
      for (Long time : retries.keys()) {
        if (times.size() >= left) {
          break;
        }
        times.add(time);
      }
      for (long time : times) {
        List<QueuedDelivery> waiting = retries.get(time);
        retries.remove(time);
        state = state.waiting(-waiting.size());
        for (QueuedDelivery queued : waiting) {
          giveUp(queued, WebhookDeadLetterReason.ENDPOINT_DISABLED, detail);
        }
      }
    }

    /** A paused endpoint uses up no attempts, but nothing waits for it longer than with them. */
    private void giveUpOld() throws Exception {
      long oldest = now - schedule.longest().toMillis();
      for (int left = MAX_GIVEN_UP; left > 0 && !state.queueIsEmpty(); left--) {
        QueuedDelivery first = queue.get(state.head());
        if (first.queuedAt() >= oldest) {
          return;
        }
        giveUp(
            take(),
            WebhookDeadLetterReason.EXHAUSTED,
            "the endpoint failed all the time, last: " + first.lastError());
      }
    }

    private void giveUp(QueuedDelivery queued, WebhookDeadLetterReason reason, String detail) {
      metrics.deadLetter(reason);
      WebhookDelivery delivery = queued.delivery();
      try (LogContext job = LogContext.of(delivery.getJobId(), delivery.getTraceparent())) {
        LOG.info(
            "Webhook {} is given up after {} attempts: {}",
            delivery.getWebhookId(),
            queued.attempts(),
            reason);
      }
      pending.remove(queued.queuedAt());
      out.collect(
          WebhookDeadLetter.newBuilder()
              .setDelivery(delivery)
              .setReason(reason)
              .setDetail(detail)
              .setAttempts(queued.attempts())
              .setLastStatusCode(queued.statusCode())
              .setRejectedAt(Instant.ofEpochMilli(now))
              .build());
      show(
          queued.lastError() == null ? queued.refused(detail) : queued,
          reason == WebhookDeadLetterReason.ENDPOINT_DISABLED
              ? WebhookDeliveryStatus.State.DISABLED
              : WebhookDeliveryStatus.State.FAILED,
          null);
    }

    private void show(
        QueuedDelivery queued, WebhookDeliveryStatus.State shown, @Nullable Long next) {
      context.output(
          STATUS,
          new WebhookDeliveryStatus(
              queued.delivery().getJobId(),
              shown,
              queued.attempts(),
              queued.lastAttemptAt() == 0 ? null : Instant.ofEpochMilli(queued.lastAttemptAt()),
              next == null ? null : Instant.ofEpochMilli(next),
              queued.statusCode(),
              queued.lastError()));
    }

    private void planNextTurn() throws Exception {
      if (state.running() > 0) {
        for (Long number : running.keys()) {
          Long look = attempts.nextLook(key, number, now);
          turnAt(look == null ? now + SOON_MILLIS : look);
        }
      }
      EndpointHealth health = state.health();
      if (health.disabled(now)) {
        // Then it is forgotten; before that, there may be more to give up.
        turnAt(state.queueIsEmpty() && state.retrying() == 0 ? health.disabledUntil() : now + 1);
      } else if (!state.queueIsEmpty()) {
        if (health.paused(now)) {
          turnAt(health.pausedUntil());
        } else if (state.running() == 0) {
          turnAt(now + SOON_MILLIS); // No room for another attempt.
        }
      }
    }

    private void turnAt(long time) {
      if (nextTurn == null || time < nextTurn) {
        nextTurn = time;
      }
    }

    private void keep() throws Exception {
      if (nextTurn != null) {
        Long planned = nextTurns.get(key);
        if (planned == null || planned <= now || nextTurn < planned) {
          nextTurns.put(key, nextTurn);
          timers.registerProcessingTimeTimer(nextTurn);
        }
      }
      if (state.isIdle() && !state.health().disabled(now)) {
        endpoint.clear();
        nextTurns.remove(key);
        pauses.remove(key);
        return;
      }
      endpoint.update(state);
      if (state.health().paused(now)) {
        pauses.put(key, state.health().pausedUntil());
      } else {
        pauses.remove(key);
      }
    }
  }
}
