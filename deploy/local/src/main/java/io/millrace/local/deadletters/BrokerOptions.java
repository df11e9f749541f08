package io.millrace.local.deadletters;

import io.millrace.local.kafka.KafkaPropertiesOption;
import io.millrace.local.stack.AddressFile;
import io.millrace.local.stack.StackAddresses;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import io.millrace.security.KafkaCluster;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which broker is meant. */
public final class BrokerOptions {

  @Option(
      names = {"--kafka", "--bootstrap-servers"},
      paramLabel = "HOST:PORT",
      description =
          "The broker. Default: that of the stack that 'millrace up' runs on the data directory.")
  private @Nullable String kafka;

  @Mixin private KafkaPropertiesOption properties = new KafkaPropertiesOption();

  @Mixin private Workspace workspace = new Workspace();

  /**
   * The broker. Logs go to a file from here on.
   *
   * @throws CommandFailedException when no broker is named and no stack runs, or the properties
   *     file cannot be used
   */
  public KafkaCluster cluster() {
    ProcessSetup.logTo(workspace.log("dead-letters"));
    return properties.cluster(bootstrapServers());
  }

  private String bootstrapServers() {
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
