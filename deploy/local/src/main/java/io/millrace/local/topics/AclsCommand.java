package io.millrace.local.topics;

import io.millrace.local.deadletters.BrokerOptions;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.security.AclCommands;
import io.millrace.security.Component;
import io.millrace.security.KafkaCluster;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclBinding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code millrace topics acls}. */
@Command(
    name = "acls",
    description =
        "Shows the least that a part of Millrace has to be allowed in Kafka, as commands of"
            + " kafka-acls.sh; with --apply it is allowed at once, by somebody who may.",
    sortOptions = false)
final class AclsCommand implements Callable<Integer> {

  private static final long TIMEOUT_SECONDS = 30;

  @Option(
      names = "--component",
      paramLabel = "NAME",
      required = true,
      description = "ingress-api, inference-job, webhooks-job, operator, producer or consumer.",
      converter = ComponentConverter.class)
  private Component component = Component.CONSUMER;

  @Option(
      names = "--principal",
      paramLabel = "TYPE:NAME",
      description = "Who it is in Kafka. Default: User: and the name of the component.")
  private @Nullable String principal;

  @Option(names = "--apply", description = "Add the ACLs. Those that are there stay.")
  private boolean apply;

  @Mixin private BrokerOptions broker = new BrokerOptions();

  private final Terminal terminal;

  AclsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String who = principal == null ? "User:" + component.label() : principal;
    if (apply) {
      add(component.bindings(who), broker.cluster());
      terminal.line("%s has what %s needs".formatted(who, component.label()));
    } else {
      AclCommands.of(component, who).forEach(terminal::line);
    }
    return 0;
  }

  private static void add(List<AclBinding> bindings, KafkaCluster kafka) {
    try (Admin admin = Admin.create(kafka.client(Map.of()))) {
      admin.createAcls(bindings).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new CommandFailedException(
          "Kafka at %s did not take the ACLs: %s".formatted(kafka, cause), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("Interrupted while the ACLs were added", e);
    }
  }

  static final class ComponentConverter implements ITypeConverter<Component> {
    @Override
    public Component convert(String label) {
      try {
        return Component.of(label);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
