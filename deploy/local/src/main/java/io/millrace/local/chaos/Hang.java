package io.millrace.local.chaos;

import io.millrace.models.ModelVersion;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One model call in two hundred never returns by itself. First a steady model gets half of the
 * requests, for comparison, then one that hangs.
 */
final class Hang implements Scenario {

  private static final ModelVersion STEADY = new ModelVersion("support-desk-steady", "1.0.0");
  private static final ModelVersion HANGING = new ModelVersion("support-desk-hanging", "1.0.0");
  private static final int EVERY = 200;
  private static final int CONCURRENCY = 48;

  /** A call takes some tens of milliseconds; the default of 10 s is for the largest models. */
  private static final Duration CALL_TIMEOUT = Duration.ofMillis(500);

  private static final Duration RECOVERY = Duration.ofSeconds(20);

  private final LongSupplier nanoTicker = System::nanoTime;

  @Override
  public String name() {
    return "hang";
  }

  @Override
  public String about() {
    return "1 in 200 model calls never returns by itself and is ended after its budget ("
        + CALL_TIMEOUT.toMillis()
        + " ms): all succeed, but those that were alone in such a call; no worker is lost, and the"
        + " throughput is compared with that of a steady model.";
  }

  @Override
  public int requests() {
    return 10_000;
  }

  @Override
  public ScenarioReport run(ChaosContext context) throws Exception {
    ChaosStack stack =
        ChaosStack.start(
            context,
            new Setup()
                .faulty(STEADY, faults -> faults)
                .faulty(HANGING, faults -> faults.withHangEvery(EVERY))
                .job("MODELS_CALL_TIMEOUT", CALL_TIMEOUT.toMillis() + "ms")
                .concurrency(CONCURRENCY));
    Texts texts = new Texts(ChaosContext.SEED);
    int half = context.requests() / 2;
    int workers = workers();
    stack.event("a steady model");
    Load.Phase steady = stack.send(texts.questions(half, STEADY.model(), Expectation.success()));
    stack.event("1 in %d calls hangs".formatted(EVERY));
    Load.Phase hanging =
        stack.send(texts.questions(context.requests() - half, HANGING.model(), expected()));
    awaitWorkers(workers);
    Findings findings = new Findings();
    findings.note("budget of a call", CALL_TIMEOUT.toMillis() + " ms");
    findings.note("speed, steady model", "%.0f requests/s".formatted(steady.perSecond()));
    findings.note(
        "speed, calls hang",
        "%.0f requests/s, %.0f %% of it"
            .formatted(hanging.perSecond(), 100 * hanging.perSecond() / steady.perSecond()));
    RuntimeMetrics metrics = stack.metrics();
    long answered = metrics.value(HANGING, "millrace_model_batches_total");
    long split = metrics.value(HANGING, "millrace_batch_splits_total");
    findings.note("batches answered, split", "%,d, %,d".formatted(answered, split));
    stack.awaitResults();
    long alone = timeouts(stack);
    findings.check(
        "alone in a call that hung",
        alone <= (answered + split + alone) / EVERY,
        "%,d timed out".formatted(alone));
    findings.check(
        "worker threads",
        workers() == workers,
        "%d before, %d after".formatted(workers, workers()));
    return stack.report(name(), findings);
  }

  /** An item that was alone in a call that hung cannot be told from one that hangs. */
  private static Expectation expected() {
    return Expectation.success().or(Expectation.failure(ErrorReason.TIMEOUT));
  }

  private static long timeouts(ChaosStack stack) {
    return stack.audit().results(stack.log().acceptedJobs().keySet()).stream()
        .map(InferenceResult::getError)
        .filter(error -> error != null && error.getReason() == ErrorReason.TIMEOUT)
        .count();
  }

  /** Threads that run calls of the hanging model: those that were given up count as well. */
  private static int workers() {
    String prefix = "millrace-%s-%s-worker".formatted(HANGING.model(), HANGING.version());
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith(prefix))
            .count();
  }

  private void awaitWorkers(int expected) throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + RECOVERY.toNanos();
    while (workers() != expected && nanoTicker.getAsLong() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
