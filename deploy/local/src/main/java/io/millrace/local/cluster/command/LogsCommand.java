package io.millrace.local.cluster.command;

import io.millrace.local.cluster.LogFiles;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace cluster logs}. */
@Command(name = "logs", description = "Shows the log of a part.", sortOptions = false)
final class LogsCommand implements Callable<Integer> {

  private static final long POLL_MILLIS = 200;

  @Parameters(
      paramLabel = "PART",
      description = "As status names it, such as jm or tm-1; or supervisor.")
  private String part = "";

  @Option(names = "--follow", description = "Go on until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "How many of the last lines. Default: ${DEFAULT-VALUE}.",
      defaultValue = "50")
  private int lines;

  @Mixin private Workspace workspace = new Workspace();

  private final Terminal terminal;

  LogsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public @Nullable Integer call() throws IOException, InterruptedException {
    ProcessSetup.logTo(workspace.log("cluster"));
    LogFiles logs = new LogFiles(workspace.cluster());
    if (!logs.names().contains(part)) {
      throw new CommandFailedException(
          "There is no part '%s'; there are %s".formatted(part, String.join(", ", logs.names())));
    }
    LogFiles.Following following = logs.follow(part);
    logs.last(part, Math.max(0, lines)).forEach(terminal::line);
    while (follow) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      following.poll(terminal::line);
    }
    return 0;
  }
}
