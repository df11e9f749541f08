package io.millrace.local.stack;

import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace up}: starts the stack and keeps it running. */
@Command(
    name = "up",
    description =
        "Starts broker, Redis, Flink and the HTTP API in one process, deploys the sample model, an"
            + " embedding model and every other model of the repository, and keeps running until"
            + " Ctrl-C. Listens on the loopback interface only. Data survives a restart.",
    sortOptions = false)
public final class UpCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      description = "Port of the HTTP API; 0 for any free one. Default: ${DEFAULT-VALUE}.",
      defaultValue = "8080")
  private int port;

  @Option(
      names = "--flink-port",
      description = "Port of Flink's web UI; 0 for any free one. Default: ${DEFAULT-VALUE}.",
      defaultValue = "8081")
  private int flinkPort;

  @Option(
      names = "--model",
      paramLabel = "NAME[@VERSION]",
      description =
          "Deploys this model alone; may be given several times. A model that is deployed already"
              + " keeps its version; else its newest one is taken.")
  private List<String> models = List.of();

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "The file of the API keys, which the API then wants of its callers (millrace keys makes"
              + " them). Default: no keys.")
  private @Nullable Path keys;

  @Option(
      names = "--webhooks-to-loopback",
      description =
          "Allow webhooks to http URLs of this machine, to try a receiver. Tenants choose the URLs,"
              + " so use it only where you trust all clients.")
  private boolean webhooksToLoopback;

  @Mixin private Workspace workspace = new Workspace();

  private final Terminal terminal;

  public UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    ProcessSetup.logTo(workspace.log("millrace"));
    Shutdown shutdown = Shutdown.install();
    try (StartDisplay display = new StartDisplay(terminal)) {
      DataDirectory data =
          shutdown.add("the data directory", DataDirectory.claim(workspace.root()));
      ProcessSetup.temporaryFilesIn(data.temporary());
      ProcessSetup.nativeLibrariesIn(workspace.root().resolve("native"));
      StackOptions options =
          new StackOptions(port, flinkPort, workspace.models(), models).withKeys(keys);
      LocalStack stack =
          LocalStack.start(
              webhooksToLoopback ? options.withWebhooksToLoopback() : options,
              data,
              display,
              shutdown);
      display.close();
      StackTable.of(stack.addresses()).forEach(terminal::line);
      terminal.line();
      terminal.line("Try it:");
      terminal.line("  " + StackTable.curl(stack.addresses(), keys != null));
      terminal.line();
      terminal.line("Webhook secrets: " + data.webhookSecrets());
      terminal.line("Logs: " + workspace.log("millrace"));
      terminal.line(terminal.styled(Style.BOLD, "Ctrl-C stops."));
      shutdown.add("a message", () -> terminal.line("Stopping ..."));
      stack.awaitEnd();
    } catch (InterruptedException e) {
      if (!shutdown.begun()) {
        throw e;
      }
    }
    return 0;
  }
}
