package io.millrace.inference.infer;

import io.millrace.inference.Commands;
import io.millrace.inference.deduplicate.Deduplication;
import io.millrace.inference.metrics.ComputationMetrics;
import io.millrace.inference.metrics.Meters;
import io.millrace.inference.publish.Results;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.tracing.JobSpans;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The request path without Flink: a log of commands, deduplication, the inference service, and
 * results that are committed with checkpoints. A crash forgets what came after the last checkpoint,
 * takes up again what was in flight then, and reads the log from there, as Flink does.
 */
final class RequestPath {

  private static final String VERSION = "1.0.0";
  private static final String FALLBACK = "0.9.0";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  private static final List<Reason> REASONS =
      List.of(Reason.MODEL_FAILURE, Reason.TIMEOUT, Reason.NON_FINITE_OUTPUT, Reason.OUT_OF_MEMORY);

  enum Kind {
    SUBMIT,
    DUPLICATE,
    CANCEL,
    CANCEL_BEFORE,
    PREPARE,
    START,
    ANSWER,
    FAIL,
    TIME_PASSES,
    STEP_TIMES_OUT,
    MODEL_IS_DOWN,
    ANSWERS_EXPIRE,
    CACHE_IS_LOST,
    CHECKPOINT,
    CRASH
  }

  /**
   * Something that happens.
   *
   * @param pick chooses among what it can happen to
   */
  record Event(Kind kind, int pick) {}

  /** What a checkpoint holds. */
  private record Checkpoint(
      int position, Map<String, Boolean> seen, List<RoutedRequest> inFlight) {}

  private final List<InferenceCommand> log = new ArrayList<>();
  private final Map<String, InferenceCommand> submissions = new LinkedHashMap<>();
  private final Set<String> cancelled = new HashSet<>();
  private final FakeResultCache cache = new FakeResultCache();
  private final List<InferenceResult> committed = new ArrayList<>();
  private final ManualTime time = new ManualTime(START);

  // What a crash takes away.
  private Attempt attempt = new Attempt();
  private Checkpoint checkpoint = new Checkpoint(0, Map.of(), List.of());
  private Map<String, Boolean> seen = new HashMap<>();
  private int position;
  private int jobs;

  /** The processes of one run of the job. */
  private final class Attempt {
    final FakeModelRuntime models = new FakeModelRuntime();
    final Deque<Runnable> preparations = new ArrayDeque<>();
    final InferenceService service =
        new InferenceService(
            models,
            cache,
            preparations::add,
            time,
            time,
            JobSpans.off(),
            new ComputationMetrics(Meters.NONE, () -> 0),
            0,
            Sampling.OFF);
    final Map<String, RoutedRequest> inFlight = new LinkedHashMap<>();
    final List<InferenceResult> uncommitted = new ArrayList<>();
    boolean crashed;

    void infer(RoutedRequest request) {
      String jobId = request.command().getJobId();
      inFlight.put(jobId, request);
      var unused =
          service
              .infer(request)
              .thenAccept(
                  outcome -> {
                    if (!crashed) {
                      inFlight.remove(jobId);
                      uncommitted.add(Objects.requireNonNull(outcome.orElseThrow().result()));
                    }
                  });
    }
  }

  void happen(Event event) throws Exception {
    int pick = event.pick();
    switch (event.kind()) {
      case SUBMIT -> submit("job-" + jobs++, pick);
      case DUPLICATE -> pick(List.copyOf(submissions.values()), pick, this::append);
      case CANCEL -> pick(List.copyOf(submissions.values()), pick, this::cancel);
      case CANCEL_BEFORE -> {
        InferenceCommand command = command("job-" + jobs++, pick);
        cancel(command);
        submissions.put(command.getJobId(), command);
        append(command);
      }
      case PREPARE -> prepareNext();
      case START -> pick(waiting(), pick, item -> item.submission().start());
      case ANSWER -> pick(running(), pick, this::answer);
      case FAIL -> pick(running(), pick, item -> fail(item, REASONS.get(pick % REASONS.size())));
      case TIME_PASSES -> time.advance(Duration.ofMillis(1 + pick % 1_000));
      case STEP_TIMES_OUT ->
          pick(List.copyOf(attempt.inFlight.values()), pick, attempt.service::timeOut);
      case MODEL_IS_DOWN -> endAll(item -> fail(item, Reason.MODEL_FAILURE));
      case ANSWERS_EXPIRE -> cache.entries.clear(); // The last ones are kept for longer.
      case CACHE_IS_LOST -> {
        cache.entries.clear();
        cache.last.clear();
      }
      case CHECKPOINT -> checkpoint();
      case CRASH -> crash();
    }
    read();
  }

  /** Lets everything that is under way come to its end. */
  void finish() {
    endAll(this::answer);
    checkpoint();
  }

  Set<String> submittedJobs() {
    return submissions.keySet();
  }

  List<String> committedJobs() {
    return committed.stream().map(InferenceResult::getJobId).toList();
  }

  long committed(ResultStatus status) {
    return committed.stream().filter(result -> result.getStatus() == status).count();
  }

  Map<Origin, Boolean> origins() {
    Map<Origin, Boolean> origins = new TreeMap<>();
    for (Origin origin : Origin.values()) {
      origins.put(origin, committed.stream().anyMatch(result -> result.getOrigin() == origin));
    }
    return origins;
  }

  /** Items in the queue of the model that no job without a result asked for. */
  List<String> unwantedItems() {
    Set<String> wanted =
        attempt.inFlight.values().stream()
            .map(request -> text(request.command()))
            .collect(Collectors.toSet());
    return waiting().stream()
        .map(FakeModelRuntime.Item::key)
        .filter(key -> !wanted.contains(contentOf(key)))
        .toList();
  }

  /** Contents that wait for one version more than once at a time. */
  List<String> itemsInTheQueueTwice() {
    Set<String> once = new HashSet<>();
    return waiting().stream()
        .map(FakeModelRuntime.Item::key)
        .filter(key -> !once.add(key))
        .toList();
  }

  /** Results that their job cannot have. */
  List<InferenceResult> wrongResults() {
    return committed.stream().filter(result -> !possible(result)).toList();
  }

  List<InferenceResult> cachedFailures() {
    Set<InferenceResult> cached = new LinkedHashSet<>(cache.entries.values());
    cached.addAll(cache.last.values());
    return cached.stream().filter(result -> result.getStatus() != ResultStatus.SUCCEEDED).toList();
  }

  /** Jobs without an end, computations that someone waits for, deadlines to come. */
  int waitersLeftBehind() {
    return attempt.service.runningJobs() + attempt.service.computations() + attempt.inFlight.size();
  }

  private boolean possible(InferenceResult result) {
    InferenceCommand command = submissions.get(result.getJobId());
    if (command == null) {
      return false;
    }
    Submit submit = (Submit) command.getCommand();
    return switch (result.getStatus()) {
      case CANCELLED -> cancelled.contains(result.getJobId());
      case EXPIRED ->
          submit.getDeadline() != null && !submit.getDeadline().isAfter(result.getCompletedAt());
      case FAILED -> result.getError() != null;
      case SUCCEEDED ->
          // Whatever its origin, it is an answer of that version to that content.
          firstText(result.getOutputs())
                  .equals(label(text(command), String.valueOf(result.getVersion())))
              && (result.getOrigin() != Origin.STALE || submit.getAllowStale())
              && (result.getOrigin() != Origin.FALLBACK || FALLBACK.equals(result.getVersion()));
    };
  }

  private void submit(String jobId, int pick) {
    InferenceCommand command = command(jobId, pick);
    submissions.put(jobId, command);
    append(command);
  }

  private InferenceCommand command(String jobId, int pick) {
    InferenceCommand command = Commands.command(jobId, "text " + pick % 4);
    Submit submit = (Submit) command.getCommand();
    submit.setPriority(PRIORITIES.get(pick / 4 % 3));
    submit.setAllowStale(pick / 12 % 3 == 0);
    submit.setDeadline(pick / 36 % 3 == 0 ? time.instant().plusMillis(pick % 700) : null);
    return command;
  }

  private void cancel(InferenceCommand submission) {
    cancelled.add(submission.getJobId());
    append(Commands.cancellation(submission.getJobId(), text(submission)));
  }

  private void append(InferenceCommand command) {
    log.add(command);
  }

  /** Takes what is new in the log through deduplication to the service. */
  private void read() throws Exception {
    while (position < log.size()) {
      InferenceCommand command = log.get(position++);
      switch (Deduplication.decide(command, new Seen(command.getFingerprint()))) {
        case PASS -> pass(command);
        case DROP -> {}
        case CANCELLED -> attempt.uncommitted.add(Results.cancelled(command, null, time.instant()));
      }
    }
  }

  private void pass(InferenceCommand command) {
    if (command.getCommand() instanceof Cancel) {
      attempt.service.cancel(command);
    } else {
      attempt.infer(RoutedRequest.of(command, VERSION, 3_600, FALLBACK, 86_400));
    }
  }

  private void checkpoint() {
    committed.addAll(attempt.uncommitted);
    attempt.uncommitted.clear();
    checkpoint = new Checkpoint(position, Map.copyOf(seen), List.copyOf(attempt.inFlight.values()));
  }

  private void crash() {
    attempt.crashed = true;
    attempt.service.close();
    attempt = new Attempt();
    seen = new HashMap<>(checkpoint.seen());
    position = checkpoint.position();
    checkpoint.inFlight().forEach(attempt::infer);
  }

  /** Prepares, starts and ends what there is, and what comes of that. */
  private void endAll(Consumer<FakeModelRuntime.Item> end) {
    while (!attempt.preparations.isEmpty() || !waiting().isEmpty() || !running().isEmpty()) {
      prepareNext();
      waiting().forEach(item -> item.submission().start());
      running().forEach(end);
    }
  }

  private void prepareNext() {
    Runnable next = attempt.preparations.poll();
    if (next != null) {
      next.run();
    }
  }

  private List<FakeModelRuntime.Item> waiting() {
    return attempt.models.items.stream().filter(FakeModelRuntime.Item::waits).toList();
  }

  private List<FakeModelRuntime.Item> running() {
    return attempt.models.items.stream().filter(FakeModelRuntime.Item::runs).toList();
  }

  private void answer(FakeModelRuntime.Item item) {
    item.submission()
        .answer()
        .complete(FakeModelRuntime.prediction(label(contentOf(item.key()), versionOf(item.key()))));
  }

  private void fail(FakeModelRuntime.Item item, Reason reason) {
    item.submission()
        .answer()
        .completeExceptionally(new PredictionException(reason, "injected", null));
  }

  private static String label(String text, String version) {
    return text + " says " + version;
  }

  private static String contentOf(String key) {
    return key.contains("@") ? key.substring(0, key.indexOf('@')) : key;
  }

  private static String versionOf(String key) {
    return key.contains("@") ? key.substring(key.indexOf('@') + 1) : VERSION;
  }

  private static String text(InferenceCommand command) {
    return firstText(((Submit) command.getCommand()).getInputs());
  }

  private static String firstText(List<Tensor> tensors) {
    try {
      return Tensors.strings(tensors.get(0)).get(0);
    } catch (InvalidTensorException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> void pick(List<T> all, int pick, Consumer<T> action) {
    if (!all.isEmpty()) {
      action.accept(all.get(pick % all.size()));
    }
  }

  /** The job ids of one content, as the keyed state has them. */
  private final class Seen implements Deduplication.SeenJobs {

    private final String fingerprint;

    Seen(String fingerprint) {
      this.fingerprint = fingerprint;
    }

    @Override
    public @Nullable Boolean get(String jobId) {
      return seen.get(fingerprint + jobId);
    }

    @Override
    public void put(String jobId, boolean submitted) {
      seen.put(fingerprint + jobId, submitted);
    }
  }
}
