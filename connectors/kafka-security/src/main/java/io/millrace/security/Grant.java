package io.millrace.security;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What somebody may do with a resource of Kafka.
 *
 * @param resource a topic, a consumer group or a transactional id
 * @param name its name, or what its name begins with
 * @param pattern {@link PatternType#LITERAL} or {@link PatternType#PREFIXED}
 */
public record Grant(
    ResourceType resource, String name, PatternType pattern, Set<AclOperation> operations) {

  private static final String ANY_HOST = "*";

  public Grant {
    operations = Set.copyOf(operations);
  }

  /** This and what another one of the same resource allows. */
  Grant and(Grant other) {
    Set<AclOperation> both = new TreeSet<>(operations);
    both.addAll(other.operations);
    return new Grant(resource, name, pattern, both);
  }

  /** As Kafka keeps them, one for each operation in the order of their names. */
  List<AclBinding> bindings(String principal) {
    ResourcePattern on = new ResourcePattern(resource, name, pattern);
    return new TreeSet<>(operations)
        .stream()
            .map(
                operation ->
                    new AclBinding(
                        on,
                        new AccessControlEntry(
                            principal, ANY_HOST, operation, AclPermissionType.ALLOW)))
            .toList();
  }
}
