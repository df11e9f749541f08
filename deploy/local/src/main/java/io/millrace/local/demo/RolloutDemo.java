package io.millrace.local.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.evaluation.EvaluationLog;
import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.audit.ResultTally;
import io.millrace.local.client.ApiRollout;
import io.millrace.local.client.ApiRollout.Evidence;
import io.millrace.local.client.OperatorClient;
import io.millrace.local.operate.RolloutFollower;
import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Durations;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One run of the rollout demo. */
final class RolloutDemo {

  private static final String MODEL = LocalStack.SAMPLE_MODEL;

  /** Fewer and larger than the defaults, so that 500 observations come in a minute each. */
  private static final List<Double> STEPS = List.of(0.1, 0.3, 0.5);

  private static final double ACCURACY_MARGIN = 0.08;

  private final double rate;
  private final long seed;
  private final @Nullable Path summaryFile;
  private final boolean keepRunning;
  private final Workspace workspace;
  private final Terminal terminal;
  private final Shutdown shutdown;
  private final LongSupplier nanoTicker = System::nanoTime;

  RolloutDemo(
      double rate,
      long seed,
      @Nullable Path summaryFile,
      boolean keepRunning,
      Workspace workspace,
      Terminal terminal,
      Shutdown shutdown) {
    this.rate = rate;
    this.seed = seed;
    this.summaryFile = summaryFile;
    this.keepRunning = keepRunning;
    this.workspace = workspace;
    this.terminal = terminal;
    this.shutdown = shutdown;
  }

  /**
   * How a rollout ended.
   *
   * @param seconds from its start to its end
   */
  private record Ended(ApiRollout rollout, double seconds) {

    boolean is(String phase) {
      return rollout.phase().equals(phase);
    }

    /** The candidate's observations in the evidence of the last decision. */
    long observations() {
      return rollout.ofThisRevision().stream()
          .findFirst()
          .flatMap(
              decision ->
                  decision.evidence().stream()
                      .map(Evidence::candidate)
                      .map(ApiRollout.Counts::observations)
                      .max(Long::compare))
          .orElse(0L);
    }
  }

  /**
   * Runs it.
   *
   * @return whether everything came out as it must
   */
  boolean run() throws Exception {
    SummaryFiles.requireWritable(summaryFile);
    DataDirectory data = DemoStack.clear(workspace, shutdown);
    DemoVersions versions = DemoVersions.install(workspace.rolloutModels(), terminal);
    DemoStack stack =
        DemoStack.start(
            data, versions.repository(), versions.production(), null, Map.of(), terminal, shutdown);
    OperatorClient operator = stack.operator();
    new EvaluationLog(stack.kafka())
        .write(DemoEvaluation.run(versions, terminal).toModelEvaluation());
    ResultAudit audit = new ResultAudit();
    TrafficStatistics statistics = new TrafficStatistics(nanoTicker);
    RolloutSummary summary;
    try (CommittedResults results =
        shutdown.add("results", CommittedResults.open(stack.kafka(), From.NOW, audit))) {
      SteadyTraffic traffic = stack.traffic(rate, seed, statistics);
      Ended good;
      Ended bad;
      try (traffic) {
        terminal.line("Sending %.0f requests a second to %s".formatted(rate, MODEL));
        good = rollOut(operator, plan(operator, versions.good().version(), null));
        bad =
            rollOut(
                operator,
                plan(
                    operator,
                    versions.bad().version(),
                    "a demonstration: this candidate is known to be bad"));
      }
      boolean complete = results.awaitAll(statistics.acceptedJobs().keySet());
      summary = summary(good, bad, statistics, audit);
      report(summary, statistics, traffic, complete);
    }
    if (summaryFile != null) {
      Files.writeString(summaryFile, summary.toJson());
    }
    if (keepRunning) {
      stack.keepRunning(terminal);
    }
    return summary.good();
  }

  private static ObjectNode plan(
      OperatorClient operator, String candidate, @Nullable String override) {
    ObjectNode plan = operator.object().put("candidate", candidate);
    ArrayNode steps = plan.putArray("steps");
    STEPS.forEach(steps::add);
    // Margins of two points need ten thousand labels; a demonstration has one.
    plan.putObject("accuracy")
        .put("margin", ACCURACY_MARGIN)
        .put("minimum_detectable_effect", ACCURACY_MARGIN);
    if (override != null) {
      plan.put("override_evaluation", override);
    }
    return plan;
  }

  private Ended rollOut(OperatorClient operator, ObjectNode plan) throws InterruptedException {
    terminal.line();
    terminal.line(terminal.styled(Style.BOLD, "Rolling out %s %s".formatted(MODEL, text(plan))));
    long from = nanoTicker.getAsLong();
    ApiRollout end =
        new RolloutFollower(operator, terminal).follow(MODEL, operator.start(MODEL, plan));
    return new Ended(end, (nanoTicker.getAsLong() - from) / 1e9);
  }

  private static String text(ObjectNode plan) {
    return plan.path("candidate").asText()
        + (plan.has("override_evaluation")
            ? ", without an evaluation: " + plan.path("override_evaluation").asText()
            : "");
  }

  private static RolloutSummary summary(
      Ended good, Ended bad, TrafficStatistics statistics, ResultAudit audit) {
    Set<String> accepted = statistics.acceptedJobs().keySet();
    long succeeded = ResultTally.of(audit.results(accepted)).succeeded();
    long missing = audit.missing(accepted);
    return new RolloutSummary(
        good.is("promoted"),
        bad.is("rolled_back"),
        accepted.size() - missing - succeeded + statistics.snapshot().gaveUp(),
        good.is("promoted") ? good.seconds() : null,
        bad.is("rolled_back") ? bad.seconds() : null,
        bad.is("rolled_back") ? bad.observations() : null,
        good.is("rolled_back") ? 1 : 0,
        accepted.size(),
        missing,
        audit.duplicateResults());
  }

  private void report(
      RolloutSummary summary,
      TrafficStatistics statistics,
      SteadyTraffic traffic,
      boolean complete) {
    TrafficStatistics.Snapshot seen = statistics.snapshot();
    terminal.line();
    terminal.line(
        "%,d jobs accepted, %,d failed, %,d without a committed result, %,d results too many"
            .formatted(
                summary.accepted(),
                summary.failedRequests(),
                summary.missing(),
                summary.duplicateResults()));
    terminal.line(
        "latency p50 %s, p99 %s; labels not taken: %,d"
            .formatted(
                Durations.render(seen.p50()),
                Durations.render(seen.p99()),
                traffic.feedbackFailures()));
    Throwable failure = traffic.firstFailure();
    if (failure != null) {
      terminal.line(
          terminal.styled(Style.RED, "The first failed request: " + failure.getMessage()));
    }
    if (!complete) {
      terminal.line(terminal.styled(Style.RED, "Not every job had a committed result in time."));
    }
    terminal.line(
        judgement(
            "The good candidate",
            summary.promoted(),
            "was promoted",
            summary.secondsToPromote(),
            ""));
    terminal.line(
        judgement(
            "The bad candidate",
            summary.rolledBack(),
            "was taken back",
            summary.secondsToRollback(),
            ", after %,d observations".formatted(summary.observationsAtRollback())));
  }

  private String judgement(
      String who, boolean holds, String what, @Nullable Double seconds, String more) {
    return holds && seconds != null
        ? terminal.styled(
            Style.GREEN, "%s %s after %s%s.".formatted(who, what, Durations.render(seconds), more))
        : terminal.styled(Style.RED, "%s should have been, and was not: %s".formatted(who, what));
  }
}
