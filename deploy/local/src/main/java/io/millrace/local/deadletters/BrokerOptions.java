package io.millrace.local.deadletters;

import io.millrace.local.stack.AddressFile;
import io.millrace.local.stack.StackAddresses;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which broker is meant. */
public final class BrokerOptions {

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description =
          "The broker. Default: that of the stack that 'millrace up' runs on the data directory.")
  private @Nullable String kafka;

  @Mixin private Workspace workspace = new Workspace();

  /**
   * The bootstrap servers. Logs go to a file from here on.
   *
   * @throws CommandFailedException when no broker is named and no stack runs
   */
  public String bootstrapServers() {
    ProcessSetup.logTo(workspace.log("dead-letters"));
    if (kafka != null) {
      return kafka;
    }
    return AddressFile.read(workspace.root())
        .map(StackAddresses::kafka)
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "No stack runs on the data directory %s. Start one with: millrace up; or name"
                            .formatted(workspace.root())
                        + " a broker with --kafka host:port"));
  }
}
