package io.millrace.local.chaos;

import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.StackAddresses;
import io.millrace.schemas.avro.InferenceResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Five times as many submissions come as the models can answer. The stack is a process of its own,
 * so that its memory and its time are not the client's; both share the machine.
 */
final class Overload implements Scenario {

  /** How long the load goes on in a run of the usual size. */
  static final Duration LOAD = Duration.ofSeconds(60);

  private static final String MODEL = LocalStack.SAMPLE_MODEL;
  private static final double FACTOR = 5;
  private static final double MOST_P99_MILLIS = 250;

  /** A part of the load, so that the queue fills several times at any length of it. */
  private static final double MAX_WAIT = 0.25;

  /** How much the heap may grow from a quarter of the load to its end. */
  private static final double MOST_GROWTH = 0.15;

  private static final long GROWTH_SLACK_BYTES = 16 << 20;

  /**
   * The clients of a real server have processors of their own. Here they share them with the model,
   * which takes all that it gets: without this, calls were sent seconds after they were due.
   */
  private static final List<String> BEHIND_THE_CLIENT = List.of("nice", "-n", "10");

  @Override
  public String name() {
    return "overload";
  }

  @Override
  public String about() {
    return "Five times as many submissions come as were answered before, for "
        + LOAD.toSeconds()
        + " s: each is answered 202, 429 or 503 with Retry-After, at the 99th percentile in "
        + (int) MOST_P99_MILLIS
        + " ms; memory stays flat, and every accepted job succeeds, once.";
  }

  @Override
  public int requests() {
    return 4_000;
  }

  @Override
  public ScenarioReport run(ChaosContext context) throws Exception {
    Path data = context.directory();
    Packages.of(context.samples(), data.resolve("models"));
    UpProcess server =
        context
            .shutdown()
            .add(
                "the stack",
                UpProcess.start(
                    data, 0, data.resolve("up.log"), settings(context.load()), BEHIND_THE_CLIENT));
    StackAddresses addresses = server.addresses();
    LoadLog log = new LoadLog();
    Progress progress =
        context
            .shutdown()
            .add("progress", new Progress(context.terminal(), log, context.requests()));
    ResultAudit audit = new ResultAudit();
    CommittedResults results =
        context
            .shutdown()
            .add("results", CommittedResults.open(addresses.kafka(), From.BEGINNING, audit));
    OpenLoop loop = new OpenLoop(addresses.api(), MODEL, log, System::nanoTime);
    Texts texts = new Texts(ChaosContext.SEED);

    progress.event("warming up");
    OpenLoopTally warmUp = new OpenLoopTally();
    loop.sendAll(questions(texts, context.requests() / 4), warmUp);
    var unused = results.awaitAll(log.acceptedJobs().keySet());
    Instant warm = last(audit.results(log.acceptedJobs().keySet()));
    progress.event("measuring the capacity");
    loop.sendAll(questions(texts, context.requests() * 3 / 4), warmUp);
    unused = results.awaitAll(log.acceptedJobs().keySet());
    double capacity = perSecond(audit.results(log.acceptedJobs().keySet()), warm);

    Findings findings = new Findings();
    findings.note("the stack's priority", String.join(" ", BEHIND_THE_CLIENT));
    findings.note("capacity", "%.0f jobs/s".formatted(capacity));
    ProcessMemory before = ProcessMemory.of(server.pid());
    ApiMetrics metricsBefore = ApiMetrics.read(addresses.api());
    double rate = FACTOR * capacity;
    int calls = (int) Math.ceil(rate * context.load().toMillis() / 1e3);
    OpenLoopTally tally = new OpenLoopTally();
    long acceptedBefore = log.counts().accepted();
    long from = System.nanoTime();
    progress.event("%.0f submissions/s".formatted(rate));
    loop.send(questions(texts, calls / 4), rate, tally);
    // The load waits for it: the pause of a full collection is this scenario's own.
    ProcessMemory quarter = ProcessMemory.of(server.pid());
    loop.send(questions(texts, calls - calls / 4), rate, tally);
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    ProcessMemory end = ProcessMemory.of(server.pid());
    ApiMetrics metrics = ApiMetrics.read(addresses.api());
    long accepted = log.counts().accepted() - acceptedBefore;
    progress.event("waiting for the last commit");
    unused = results.awaitAll(log.acceptedJobs().keySet());

    findings.note(
        "load",
        "%,d submissions in %,d s, %.1f times the capacity"
            .formatted(
                tally.calls(),
                took.toSeconds(),
                tally.calls() / (took.toMillis() / 1e3) / capacity));
    findings.check("answers", tally.broken() == 0, tally.statuses());
    findings.check(
        "refusals without Retry-After",
        tally.withoutRetryAfter() == 0,
        "%,d".formatted(tally.withoutRetryAfter()));
    // A short run is for tests, which no slow machine is to fail.
    boolean timed = context.load().compareTo(LOAD) >= 0;
    findings.check(
        "time of a call",
        !timed || tally.millis(0.99) < MOST_P99_MILLIS,
        "p50 %.1f ms, p99 %.1f ms, most %.0f ms"
            .formatted(tally.millis(0.5), tally.millis(0.99), tally.millis(1)));
    findings.note(
        "of it before it was sent",
        "p50 %.1f ms, p99 %.1f ms".formatted(tally.lateMillis(0.5), tally.lateMillis(0.99)));
    findings.note(
        "in the server, accepted jobs",
        "p50 up to %.0f ms, p99 up to %.0f ms"
            .formatted(
                1e3 * metrics.acceptSeconds(0.5, metricsBefore),
                1e3 * metrics.acceptSeconds(0.99, metricsBefore)));
    findings.note("accepted under load", "%,d".formatted(accepted));
    findings.note(
        "the queue became full",
        "%,d times".formatted(metrics.closings() - metricsBefore.closings()));
    findings.note("memory before", before.toString());
    findings.note("memory at a quarter", quarter.toString());
    findings.check(
        "memory at the end",
        end.heapBytes() <= quarter.heapBytes() * (1 + MOST_GROWTH) + GROWTH_SLACK_BYTES,
        end.toString());
    return ScenarioReport.of(name(), log, audit, findings, 0);
  }

  private static Map<String, String> settings(Duration load) {
    return Map.of(
        "MILLRACE_BACKPRESSURE_MAX_WAIT",
        (long) (load.toMillis() * MAX_WAIT) + "ms",
        // The API shares the machine with the model, and is to have a processor where there are
        // two.
        "MILLRACE_INFERENCE_MODELS_WORKERS_PER_VERSION",
        "1",
        // No text comes twice, and a cache that fills would look like a leak.
        "MILLRACE_INFERENCE_REDIS_LOCAL_CACHE_MEGABYTES",
        "0");
  }

  private static List<Question> questions(Texts texts, int count) {
    return texts.questions(count, MODEL, Expectation.success());
  }

  private static Instant last(Collection<InferenceResult> results) {
    return results.stream()
        .map(InferenceResult::getCompletedAt)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /** How fast those that ended after a time were answered, from the first to the last of them. */
  private static double perSecond(Collection<InferenceResult> results, Instant after) {
    List<Instant> ends =
        results.stream()
            .map(InferenceResult::getCompletedAt)
            .filter(end -> end.isAfter(after))
            .sorted()
            .toList();
    long millis = Duration.between(ends.get(0), ends.get(ends.size() - 1)).toMillis();
    return (ends.size() - 1) * 1e3 / Math.max(1, millis);
  }
}
