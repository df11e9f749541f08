package io.millrace.local.evaluation;

import io.millrace.local.kafka.KafkaPropertiesOption;
import io.millrace.local.stack.AddressFile;
import io.millrace.local.stack.Deployments;
import io.millrace.local.stack.StackAddresses;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import io.millrace.schemas.avro.Deployment;
import io.millrace.security.KafkaCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where packages, deployments and reports are. */
final class EvaluationOptions {

  @Option(
      names = "--repository",
      paramLabel = "DIR",
      description = "The model repository. Default: models in the data directory.")
  private @Nullable Path repository;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description =
          "The broker. Default: that of the stack that 'millrace up' runs on the data directory.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where report.json and report.html go. Default: a directory of its own below reports in"
              + " the data directory.")
  private @Nullable Path out;

  @Mixin private KafkaPropertiesOption properties = new KafkaPropertiesOption();

  @Mixin private Workspace workspace = new Workspace();

  /** To be called before anything logs or loads a model. */
  void prepare(String command) {
    ProcessSetup.logTo(workspace.log(command));
    ProcessSetup.nativeLibrariesIn(workspace.root().resolve("native"));
  }

  Path repository() {
    return repository == null ? workspace.models() : repository.toAbsolutePath();
  }

  /** Empty when none is named and no stack runs. */
  Optional<KafkaCluster> kafka() {
    return Optional.ofNullable(bootstrapServers)
        .or(() -> AddressFile.read(workspace.root()).map(StackAddresses::kafka))
        .map(properties::cluster);
  }

  /** What is in production; empty without a broker, and for a model that is not deployed. */
  Optional<Deployment> deployment(String model, Clock clock) {
    return kafka()
        .map(cluster -> new Deployments(cluster, clock).read())
        .map(deployments -> deployments.get(model));
  }

  Path out(String name) {
    return out == null ? workspace.root().resolve("reports").resolve(name) : out.toAbsolutePath();
  }

  Path root() {
    return workspace.root();
  }
}
