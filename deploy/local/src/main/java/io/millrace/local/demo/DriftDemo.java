package io.millrace.local.demo;

import io.millrace.local.data.Utterance;
import io.millrace.local.demo.DriftTimeline.Window;
import io.millrace.local.models.TrainingDisplay;
import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.DeploymentTerms;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.Workspace;
import io.millrace.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One run of the drift demo. */
final class DriftDemo {

  /** Each request is to be computed: a cached answer is no new observation. */
  private static final DeploymentTerms NO_CACHE = new DeploymentTerms(null, Duration.ZERO);

  /** Full windows after the shift in which it must be seen, else the demo gives up. */
  private static final int WINDOWS_AFTER = 3;

  /** From the end of a window to its report, at most. */
  private static final Duration REPORT_DELAY = Duration.ofSeconds(45);

  private static final long POLL_MILLIS = 500;

  private final DriftOptions options;
  private final Workspace workspace;
  private final Terminal terminal;
  private final Shutdown shutdown;
  private final Clock clock = Clock.systemUTC();
  private final TrafficStatistics statistics = new TrafficStatistics(System::nanoTime);

  DriftDemo(DriftOptions options, Workspace workspace, Terminal terminal, Shutdown shutdown) {
    this.options = options;
    this.workspace = workspace;
    this.terminal = terminal;
    this.shutdown = shutdown;
  }

  /**
   * Runs it.
   *
   * @return whether everything came out as it must
   */
  boolean run() throws Exception {
    SummaryFiles.requireWritable(options.summary());
    DataDirectory data = DemoStack.clear(workspace, shutdown);
    DriftScenario scenario = scenario();
    DemoStack stack =
        DemoStack.start(
            data,
            scenario.repository(),
            scenario.version(),
            NO_CACHE,
            settings(),
            terminal,
            shutdown);
    DriftSummary summary;
    try (FeedbackProducer labels = FeedbackProducer.open(stack.kafka(), stack.model());
        DriftReports reports =
            new DriftReports(stack.kafka(), stack.stack().addresses().flinkMetrics())) {
      summary = observe(new Run(stack, scenario, labels, reports));
    }
    new DriftVerdictView(terminal).show(summary);
    Path file = options.summary();
    if (file != null) {
      Files.writeString(file, summary.toJson());
    }
    if (options.keepRunning()) {
      stack.keepRunning(terminal);
    }
    return summary.good();
  }

  /** What the parts of a run work with. */
  private record Run(
      DemoStack stack, DriftScenario scenario, FeedbackProducer labels, DriftReports reports) {

    DriftTimeline timeline(Duration window) {
      DriftTimeline timeline =
          new DriftTimeline(scenario.version().model(), scenario.version().version(), window);
      reports.readInto(timeline);
      return timeline;
    }
  }

  private DriftScenario scenario() throws TrainingException, IOException {
    Path data = options.data();
    Path shift = options.shift();
    try (TrainingDisplay display = new TrainingDisplay(terminal)) {
      return data == null || shift == null
          ? DriftScenario.sample(workspace.driftModels(), display)
          : DriftScenario.ofFiles(workspace.driftModels(), data, shift, display);
    } catch (TrainingException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Map<String, String> settings() {
    return Map.of("MILLRACE_INFERENCE_DRIFT_WINDOWS", options.window().toSeconds() + "s");
  }

  private DriftSummary observe(Run run) throws Exception {
    terminal.line(
        "Sending %.0f requests a second to %s, in windows of %d s"
            .formatted(options.rate(), run.scenario().version(), options.window().toSeconds()));
    DriftWindowsView view = new DriftWindowsView(terminal);
    SteadyTraffic before = traffic(run, run.scenario().before());
    try (before) {
      follow(
          run,
          view,
          options.windows() + 1,
          timeline -> timeline.before(Instant.MAX).size() >= options.windows());
    }
    Instant shift = clock.instant();
    view.shift(shift, run.scenario().shift());
    SteadyTraffic after = traffic(run, run.scenario().after());
    boolean alert;
    try (after) {
      follow(run, view, WINDOWS_AFTER + 1, timeline -> seen(timeline, shift));
      alert = run.reports().alert(run.stack().model(), run.scenario().version().version());
    }
    DriftTimeline timeline = run.timeline(options.window());
    view.features(timeline, shift, run.scenario().expectedFeatures());
    return summary(timeline, shift, run.scenario().expectedFeatures(), alert);
  }

  private SteadyTraffic traffic(Run run, List<Utterance> rows) {
    return SteadyTraffic.start(
        run.stack().client(),
        DemoStack.pace(options.rate(), options.seed()),
        EndlessRows.shuffledAnew(rows, new Random(options.seed())),
        run.labels(),
        statistics);
  }

  /** Shows the windows as they close, until enough is seen or that many should have closed. */
  private void follow(Run run, DriftWindowsView view, int most, Predicate<DriftTimeline> enough)
      throws InterruptedException {
    Instant giveUp = clock.instant().plus(options.window().multipliedBy(most)).plus(REPORT_DELAY);
    DriftTimeline timeline = run.timeline(options.window());
    while (!enough.test(timeline) && clock.instant().isBefore(giveUp)) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      timeline = run.timeline(options.window());
      view.show(timeline.windows());
    }
  }

  /** Whether a drift is seen, and how right the answers of its window were. */
  private static boolean seen(DriftTimeline timeline, Instant shift) {
    List<Window> after = timeline.after(shift);
    return after.size() >= WINDOWS_AFTER
        || after.stream()
            .anyMatch(
                window ->
                    !window.drifting().isEmpty()
                        && DriftTimeline.accuracy(List.of(window)) != null);
  }

  private DriftSummary summary(
      DriftTimeline timeline, Instant shift, List<String> expected, boolean alert) {
    List<Window> before = timeline.before(shift);
    List<Window> after = timeline.after(shift);
    TrafficStatistics.Snapshot seen = statistics.snapshot();
    return new DriftSummary(
        before.size(),
        before.stream().filter(window -> !window.drifting().isEmpty()).count(),
        timeline.windowsToDetect(shift),
        timeline.firstDrift(shift).map(Window::drifting).orElse(List.of()),
        expected,
        alert,
        DriftTimeline.accuracy(before),
        DriftTimeline.accuracy(after),
        DriftTimeline.estimatedAccuracy(after),
        seen.accepted(),
        seen.gaveUp());
  }
}
