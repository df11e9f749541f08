package io.millrace.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;

class ComponentTest {

  @Test
  void theDocumentHasThisTable() throws IOException {
    String document = Files.readString(Path.of("../../docs/security.md"));

    assertThat(
            document
                .lines()
                .filter(line -> line.matches("\\| `[a-z-]+` \\| (topic|group|trans).*")))
        .containsExactlyElementsOf(table());
  }

  @Test
  void nobodyMayDoMoreThanReadWriteDescribeAndTheOperatorCreate() {
    for (Component component : Component.values()) {
      for (Grant grant : component.grants()) {
        assertThat(grant.operations())
            .isSubsetOf(
                component == Component.OPERATOR
                    ? List.of(
                        AclOperation.READ,
                        AclOperation.WRITE,
                        AclOperation.DESCRIBE,
                        AclOperation.CREATE)
                    : List.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE));
        assertThat(grant.name()).isNotEqualTo("*").isNotBlank();
      }
    }
  }

  @Test
  void aCommandNamesPrincipalOperationResourceAndPattern() {
    assertThat(AclCommands.of(Component.CONSUMER, "User:it's"))
        .containsExactly(
            "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config \"$ADMIN_PROPERTIES\""
                + " --add --allow-principal 'User:it'\\''s' --operation Read"
                + " --topic 'inference.results'",
            "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config \"$ADMIN_PROPERTIES\""
                + " --add --allow-principal 'User:it'\\''s' --operation Read"
                + " --group 'client-' --resource-pattern-type prefixed");
  }

  @Test
  void anUnknownLabelIsRefusedWithTheKnownOnes() {
    assertThat(Component.of("inference-job")).isEqualTo(Component.INFERENCE_JOB);
    assertThatThrownBy(() -> Component.of("root"))
        .hasMessage(
            "expected one of ingress-api, inference-job, webhooks-job, operator, producer,"
                + " consumer, found root");
  }

  /** One row for each component, resource type, pattern and set of operations. */
  static List<String> table() {
    List<String> rows = new ArrayList<>();
    for (Component component : Component.values()) {
      component.grants().stream()
          .collect(
              Collectors.groupingBy(
                  grant -> List.of(grant.resource(), grant.pattern(), grant.operations()),
                  java.util.LinkedHashMap::new,
                  Collectors.toList()))
          .values()
          .forEach(grants -> rows.add(row(component, grants)));
    }
    return rows;
  }

  private static String row(Component component, List<Grant> grants) {
    Grant first = grants.get(0);
    return "| `%s` | %s | %s | %s |"
        .formatted(
            component.label(),
            words(first.resource().name()),
            grants.stream()
                .map(Grant::name)
                .map(name -> first.pattern() == PatternType.PREFIXED ? name + "*" : name)
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", ")),
            Arrays.stream(AclOperation.values())
                .filter(first.operations()::contains)
                .map(operation -> words(operation.name()))
                .collect(Collectors.joining(", ")));
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
