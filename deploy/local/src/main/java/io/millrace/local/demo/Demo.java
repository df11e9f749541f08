package io.millrace.local.demo;

import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.audit.ResultTally;
import io.millrace.local.client.JobClient;
import io.millrace.local.data.Utterances;
import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.stack.StackOptions;
import io.millrace.local.stack.StackTable;
import io.millrace.local.stack.StartDisplay;
import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One run of the demo. */
final class Demo {

  private static final Duration REFRESH = Duration.ofMillis(500);

  private final DemoOptions options;
  private final Workspace workspace;
  private final Terminal terminal;
  private final Shutdown shutdown;

  Demo(DemoOptions options, Workspace workspace, Terminal terminal, Shutdown shutdown) {
    this.options = options;
    this.workspace = workspace;
    this.terminal = terminal;
    this.shutdown = shutdown;
  }

  /**
   * Runs it.
   *
   * @return whether every request was accepted and every accepted job has exactly one result
   */
  boolean run() throws Exception {
    SummaryFiles.requireWritable(options.summary());
    TrafficPlan plan =
        TrafficPlan.draw(
            Utterances.read(options.data()),
            options.requests(),
            options.duplicates(),
            options.seed());
    LocalStack stack = start();
    ResultAudit audit = new ResultAudit();
    TrafficStatistics statistics = new TrafficStatistics(System::nanoTime);
    Traffic traffic = traffic(stack, statistics);
    boolean complete;
    try (CommittedResults results =
        shutdown.add(
            "results", CommittedResults.open(stack.addresses().kafka(), From.NOW, audit))) {
      send(plan, traffic, statistics, audit);
      complete = results.awaitAll(statistics.acceptedJobs().keySet());
    }
    Report report = Report.of(plan, statistics, audit);
    report.lines(terminal).forEach(terminal::line);
    warn(plan, statistics, traffic, complete);
    if (options.summary() != null) {
      Files.writeString(options.summary(), report.summary().toJson());
    }
    if (options.keepRunning()) {
      keepRunning(stack);
    }
    return report.summary().exactlyOnce() && statistics.snapshot().gaveUp() == 0;
  }

  private LocalStack start() throws Exception {
    DataDirectory data = shutdown.add("the data directory", DataDirectory.claim(workspace.demo()));
    data.clear();
    ProcessSetup.temporaryFilesIn(data.temporary());
    ProcessSetup.nativeLibrariesIn(workspace.root().resolve("native"));
    StackOptions stack = new StackOptions(0, 0, workspace.models(), List.of(options.model()));
    try (StartDisplay display = new StartDisplay(terminal)) {
      return LocalStack.start(stack, data, display, shutdown);
    }
  }

  private Traffic traffic(LocalStack stack, TrafficStatistics statistics) {
    Pace pace =
        options.rate() == null
            ? Pace.concurrency(options.concurrency())
            : Pace.rate(options.rate(), new Random(options.seed()), System::nanoTime);
    JobClient client =
        new JobClient(stack.addresses().api(), options.model(), stack.textInput(options.model()));
    return new Traffic(client, pace, statistics, (job, row) -> {}, System::nanoTime);
  }

  private void send(
      TrafficPlan plan, Traffic traffic, TrafficStatistics statistics, ResultAudit audit)
      throws InterruptedException {
    terminal.line(
        "Sending %,d requests, %,d different texts, to %s"
            .formatted(plan.requests().size(), plan.distinctTexts(), options.model()));
    LiveDisplay display = new LiveDisplay(terminal);
    ScheduledExecutorService refresh = Executors.newSingleThreadScheduledExecutor();
    try {
      statistics.start();
      var unused =
          refresh.scheduleAtFixedRate(
              () -> display.update(liveLine(plan, statistics, audit)),
              REFRESH.toMillis(),
              REFRESH.toMillis(),
              TimeUnit.MILLISECONDS);
      traffic.send(plan.requests());
    } finally {
      refresh.shutdownNow();
      display.erase();
    }
  }

  private String liveLine(TrafficPlan plan, TrafficStatistics statistics, ResultAudit audit) {
    Set<String> accepted = statistics.acceptedJobs().keySet();
    return LiveLine.render(
        plan.requests().size(),
        statistics.snapshot(),
        ResultTally.of(audit.results(accepted)),
        terminal.columns());
  }

  private void warn(
      TrafficPlan plan, TrafficStatistics statistics, Traffic traffic, boolean complete) {
    if (plan.cycled()) {
      terminal.line(
          "The data has fewer different texts than the plan needed: some came more often.");
    }
    long refusals = statistics.snapshot().refusals();
    if (refusals > 0) {
      terminal.line(
          "%,d times the API asked to come back later; those requests were sent again."
              .formatted(refusals));
    }
    Throwable failure = traffic.firstFailure();
    if (failure != null) {
      terminal.line(
          terminal.styled(
              Style.RED,
              "%,d requests were given up. The first: %s"
                  .formatted(statistics.snapshot().gaveUp(), failure.getMessage())));
    }
    if (!complete) {
      terminal.line(
          terminal.styled(
              Style.RED,
              "Not every job had a committed result after %d s."
                  .formatted(CommittedResults.COMMIT_TIMEOUT.toSeconds())));
    }
  }

  private void keepRunning(LocalStack stack) throws InterruptedException {
    terminal.line();
    StackTable.of(stack.addresses()).forEach(terminal::line);
    terminal.line(terminal.styled(Style.BOLD, "Still running; Ctrl-C stops."));
    shutdown.add("a message", () -> terminal.line("Stopping ..."));
    stack.awaitEnd();
  }
}
