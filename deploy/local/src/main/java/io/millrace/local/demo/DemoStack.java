package io.millrace.local.demo;

import io.millrace.local.client.JobClient;
import io.millrace.local.client.OperatorClient;
import io.millrace.local.data.Utterance;
import io.millrace.local.data.Utterances;
import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.DeploymentTerms;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.stack.StackOptions;
import io.millrace.local.stack.StackTable;
import io.millrace.local.stack.StartDisplay;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import io.millrace.models.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A stack of its own with one version in production.
 *
 * @param model the model of that version
 * @param operator of its API
 * @param sent counts the requests of all its traffic
 */
record DemoStack(LocalStack stack, String model, OperatorClient operator, AtomicLong sent) {

  /** Claims and empties the directory that the stack will have; before anything of it is loaded. */
  static DataDirectory clear(Workspace workspace, Shutdown shutdown) throws IOException {
    DataDirectory data = shutdown.add("the data directory", DataDirectory.claim(workspace.demo()));
    data.clear();
    ProcessSetup.temporaryFilesIn(data.temporary());
    ProcessSetup.nativeLibrariesIn(workspace.root().resolve("native"));
    return data;
  }

  /**
   * Starts it.
   *
   * @param repository where the version is, and nothing else that is to be deployed
   * @param terms of its deployment; null for the usual ones
   * @param jobSettings as variables of the environment
   */
  static DemoStack start(
      DataDirectory data,
      Path repository,
      ModelVersion version,
      @Nullable DeploymentTerms terms,
      Map<String, String> jobSettings,
      Terminal terminal,
      Shutdown shutdown)
      throws Exception {
    StackOptions options =
        new StackOptions(
            0,
            0,
            repository,
            List.of(version.model() + "@" + version.version()),
            terms == null ? Map.of() : Map.of(version.model(), terms),
            jobSettings,
            null);
    LocalStack stack;
    try (StartDisplay display = new StartDisplay(terminal)) {
      stack = LocalStack.start(options, data, display, shutdown);
    }
    return new DemoStack(
        stack,
        version.model(),
        new OperatorClient(stack.addresses().api(), null),
        new AtomicLong());
  }

  String kafka() {
    return stack.addresses().kafka();
  }

  /**
   * Starts to send rows of the sample data that no version was trained on, at random times. No
   * content comes twice, so that each is computed.
   */
  SteadyTraffic traffic(double rate, long seed, TrafficStatistics statistics) {
    List<Utterance> rows = Utterances.read(null).stream().filter(Utterance::heldOut).toList();
    JobClient client = client();
    return SteadyTraffic.start(
        client,
        pace(rate, seed),
        EndlessRows.numbered(rows, new Random(seed), sent),
        (job, label) -> client.feedback(job.id(), label),
        statistics);
  }

  JobClient client() {
    return new JobClient(stack.addresses().api(), model, stack.textInput(model));
  }

  static Pace pace(double rate, long seed) {
    return Pace.rate(rate, new Random(seed), System::nanoTime);
  }

  /** Says where everything listens, and waits until the stack ends. */
  void keepRunning(Terminal terminal) throws InterruptedException {
    terminal.line();
    StackTable.of(stack.addresses()).forEach(terminal::line);
    terminal.line(terminal.styled(Style.BOLD, "Still running; Ctrl-C stops."));
    stack.awaitEnd();
  }
}
