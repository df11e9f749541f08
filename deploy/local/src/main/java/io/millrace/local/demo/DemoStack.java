package io.millrace.local.demo;

import io.millrace.local.client.JobClient;
import io.millrace.local.client.OperatorClient;
import io.millrace.local.data.Utterance;
import io.millrace.local.data.Utterances;
import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.stack.StackOptions;
import io.millrace.local.stack.StackTable;
import io.millrace.local.stack.StartDisplay;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stack of its own with the versions that the demos move, the first of them in production.
 *
 * @param operator of its API
 * @param sent counts the requests of all its traffic
 */
record DemoStack(
    LocalStack stack, DemoVersions versions, OperatorClient operator, AtomicLong sent) {

  private static final String MODEL = LocalStack.SAMPLE_MODEL;

  /**
   * Starts it; what is missing of the versions is trained first.
   *
   * @param jobSettings as variables of the environment
   */
  static DemoStack start(
      Map<String, String> jobSettings, Workspace workspace, Terminal terminal, Shutdown shutdown)
      throws Exception {
    DataDirectory data = shutdown.add("the data directory", DataDirectory.claim(workspace.demo()));
    data.clear();
    ProcessSetup.temporaryFilesIn(data.temporary());
    ProcessSetup.nativeLibrariesIn(workspace.root().resolve("native"));
    DemoVersions versions = DemoVersions.install(workspace.rolloutModels(), terminal);
    StackOptions options =
        new StackOptions(
            0,
            0,
            versions.repository(),
            List.of(MODEL + "@" + versions.production().version()),
            Map.of(),
            jobSettings,
            null);
    LocalStack stack;
    try (StartDisplay display = new StartDisplay(terminal)) {
      stack = LocalStack.start(options, data, display, shutdown);
    }
    return new DemoStack(
        stack, versions, new OperatorClient(stack.addresses().api(), null), new AtomicLong());
  }

  String kafka() {
    return stack.addresses().kafka();
  }

  /** Starts to send rows that no version was trained on, at random times. */
  SteadyTraffic traffic(double rate, long seed, TrafficStatistics statistics) {
    return SteadyTraffic.start(
        new JobClient(stack.addresses().api(), MODEL, stack.textInput(MODEL)),
        Pace.rate(rate, new Random(seed), System::nanoTime),
        Utterances.read(null).stream().filter(Utterance::heldOut).toList(),
        new Random(seed),
        sent,
        statistics);
  }

  /** Says where everything listens, and waits until the stack ends. */
  void keepRunning(Terminal terminal) throws InterruptedException {
    terminal.line();
    StackTable.of(stack.addresses()).forEach(terminal::line);
    terminal.line(terminal.styled(Style.BOLD, "Still running; Ctrl-C stops."));
    stack.awaitEnd();
  }
}
