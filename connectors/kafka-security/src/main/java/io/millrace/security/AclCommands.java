package io.millrace.security;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** What to tell {@code kafka-acls.sh}, for clusters where others keep the ACLs. */
public final class AclCommands {

  private AclCommands() {}

  /**
   * One command for each grant. A principal may hold anything: it is quoted for the shell.
   *
   * @param principal such as {@code User:inference-job}
   */
  public static List<String> of(Component component, String principal) {
    return component.grants().stream().map(grant -> command(grant, principal)).toList();
  }

  private static String command(Grant grant, String principal) {
    StringBuilder command =
        new StringBuilder(
            "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config \"$ADMIN_PROPERTIES\""
                + " --add --allow-principal "
                + quoted(principal));
    grant.operations().stream()
        .sorted()
        .map(AclCommands::name)
        .forEach(operation -> command.append(" --operation ").append(operation));
    command.append(' ').append(option(grant.resource())).append(' ').append(quoted(grant.name()));
    if (grant.pattern() == PatternType.PREFIXED) {
      command.append(" --resource-pattern-type prefixed");
    }
    return command.toString();
  }

  private static String name(AclOperation operation) {
    String lower = operation.name().toLowerCase(Locale.ROOT);
    return lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
  }

  private static String option(ResourceType resource) {
    return "--" + resource.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
