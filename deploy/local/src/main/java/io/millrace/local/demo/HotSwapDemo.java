package io.millrace.local.demo;

import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.audit.ResultTally;
import io.millrace.local.client.OperatorClient;
import io.millrace.local.client.OperatorClient.Tagged;
import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Durations;
import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.ProgressBar;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of hot swaps. */
final class HotSwapDemo {

  private static final String MODEL = LocalStack.SAMPLE_MODEL;
  private static final double MOST_RATIO = 1.5;
  private static final int BAR_WIDTH = 20;

  /** Without swaps, each version. */
  private static final long CALM_SECONDS = 25;

  /** Nobody has used the machine before: compilers run, caches are cold. */
  private static final long WARM_UP_SECONDS = 15;

  private static final long SWAP_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL_MILLIS = 20;

  /** Each swap loads its version anew. */
  private static final Map<String, String> UNLOAD_AT_ONCE =
      Map.of("MILLRACE_INFERENCE_MODELS_UNLOAD_AFTER", "100ms");

  private final int swaps;
  private final double rate;
  private final long seed;
  private final @Nullable Path summaryFile;
  private final Workspace workspace;
  private final Terminal terminal;
  private final Shutdown shutdown;
  private final LongSupplier nanoTicker = System::nanoTime;
  private final List<Double> swapSeconds = new ArrayList<>();

  HotSwapDemo(
      int swaps,
      double rate,
      long seed,
      @Nullable Path summaryFile,
      Workspace workspace,
      Terminal terminal,
      Shutdown shutdown) {
    this.swaps = swaps;
    this.rate = rate;
    this.seed = seed;
    this.summaryFile = summaryFile;
    this.workspace = workspace;
    this.terminal = terminal;
    this.shutdown = shutdown;
  }

  /**
   * Runs it.
   *
   * @return whether no request failed
   */
  boolean run() throws Exception {
    SummaryFiles.requireWritable(summaryFile);
    DataDirectory data = DemoStack.clear(workspace, shutdown);
    DemoVersions installed = DemoVersions.install(workspace.rolloutModels(), terminal);
    DemoStack stack =
        DemoStack.start(
            data,
            installed.repository(),
            installed.production(),
            null,
            UNLOAD_AT_ONCE,
            terminal,
            shutdown);
    List<String> versions = List.of(installed.production().version(), installed.good().version());
    ResultAudit audit = new ResultAudit();
    TrafficStatistics warmUp = new TrafficStatistics(nanoTicker);
    TrafficStatistics calm = new TrafficStatistics(nanoTicker);
    TrafficStatistics swapping = new TrafficStatistics(nanoTicker);
    HotSwapSummary summary;
    try (CommittedResults results =
        shutdown.add("results", CommittedResults.open(stack.kafka(), From.NOW, audit))) {
      terminal.line("Sending %.0f requests a second to %s".formatted(rate, MODEL));
      SteadyTraffic traffic = stack.traffic(rate, seed, warmUp);
      try (traffic) {
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
      }
      for (String version : versions) {
        deploy(stack.operator(), version);
        calmly(stack, calm);
      }
      swapInARow(stack, versions, swapping);
      Set<String> accepted =
          List.of(warmUp, calm, swapping).stream()
              .flatMap(phase -> phase.acceptedJobs().keySet().stream())
              .collect(Collectors.toSet());
      var unused = results.awaitAll(accepted);
      long gaveUp =
          warmUp.snapshot().gaveUp() + calm.snapshot().gaveUp() + swapping.snapshot().gaveUp();
      summary = summary(accepted, gaveUp, audit, calm.snapshot(), swapping.snapshot());
    }
    report(summary, calm.snapshot(), swapping.snapshot());
    if (summaryFile != null) {
      Files.writeString(summaryFile, summary.toJson());
    }
    return summary.good();
  }

  private void calmly(DemoStack stack, TrafficStatistics calm) throws InterruptedException {
    SteadyTraffic traffic = stack.traffic(rate, seed, calm);
    try (traffic) {
      TimeUnit.SECONDS.sleep(CALM_SECONDS);
    }
  }

  private void swapInARow(DemoStack stack, List<String> versions, TrafficStatistics swapping)
      throws InterruptedException {
    LiveDisplay display = new LiveDisplay(terminal);
    SteadyTraffic traffic = stack.traffic(rate, seed, swapping);
    try (traffic) {
      for (int i = 0; i < swaps; i++) {
        // The last calm version is the second.
        String target = versions.get(i % versions.size());
        display.update(
            "%s  swap %d to %s"
                .formatted(ProgressBar.render((double) i / swaps, BAR_WIDTH), i + 1, target));
        long from = nanoTicker.getAsLong();
        deploy(stack.operator(), target);
        swapSeconds.add((nanoTicker.getAsLong() - from) / 1e9);
      }
    } finally {
      display.erase();
    }
  }

  /** Returns when the version has its traffic. */
  private void deploy(OperatorClient operator, String version) throws InterruptedException {
    Tagged before = operator.deployment(MODEL);
    if (before.traffic().version().equals(version)) {
      return;
    }
    Tagged now =
        operator.deploy(
            MODEL, OperatorClient.editable(before).put("version", version), before.tag());
    long deadline = nanoTicker.getAsLong() + SWAP_TIMEOUT_NANOS;
    while (!now.traffic().version().equals(version)) {
      if (nanoTicker.getAsLong() > deadline) {
        throw new CommandFailedException(
            "Version %s had no traffic after %d s: %s"
                .formatted(
                    version,
                    TimeUnit.NANOSECONDS.toSeconds(SWAP_TIMEOUT_NANOS),
                    operator.rollout(MODEL).decisions()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      now = operator.deployment(MODEL);
    }
  }

  private HotSwapSummary summary(
      Set<String> accepted,
      long gaveUp,
      ResultAudit audit,
      TrafficStatistics.Snapshot calm,
      TrafficStatistics.Snapshot swapping) {
    long missing = audit.missing(accepted);
    long succeeded = ResultTally.of(audit.results(accepted)).succeeded();
    List<Double> sorted = new ArrayList<>(swapSeconds);
    Collections.sort(sorted);
    return new HotSwapSummary(
        swaps,
        accepted.size() - missing - succeeded + gaveUp,
        calm.p99(),
        swapping.p99(),
        swapping.p99() / calm.p99(),
        sorted.get(sorted.size() / 2),
        accepted.size(),
        missing,
        audit.duplicateResults());
  }

  private void report(
      HotSwapSummary summary, TrafficStatistics.Snapshot calm, TrafficStatistics.Snapshot swap) {
    terminal.line(
        "without swaps: %,d requests, p50 %s, p99 %s"
            .formatted(calm.done(), Durations.render(calm.p50()), Durations.render(calm.p99())));
    terminal.line(
        "%d swaps, %s each: %,d requests, p50 %s, p99 %s"
            .formatted(
                summary.swaps(),
                Durations.render(summary.medianSwapSeconds()),
                swap.done(),
                Durations.render(swap.p50()),
                Durations.render(swap.p99())));
    terminal.line(
        terminal.styled(
            summary.p99Ratio() <= MOST_RATIO ? Style.GREEN : Style.YELLOW,
            "The 99th percentile during swaps is %.2f times the one without."
                .formatted(summary.p99Ratio())));
    terminal.line(
        terminal.styled(
            summary.good() ? Style.GREEN : Style.RED,
            "%,d jobs accepted, %,d failed, %,d without a committed result, %,d results too many."
                .formatted(
                    summary.accepted(),
                    summary.failedRequests(),
                    summary.missing(),
                    summary.duplicateResults())));
  }
}
