package io.millrace.security;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.millrace.schemas.Topic;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;

/**
 * Who talks to Kafka, each as a principal of its own, and the least that it needs there. Names of
 * groups and transactional ids are those of the default configuration.
 */
public enum Component {
  /** The replicas of the HTTP API. */
  INGRESS_API(
      new Grants()
          .write(Topic.REQUESTS, Topic.DEPLOYMENTS, Topic.ROLLOUT_COMMANDS, Topic.FEEDBACK)
          .read(
              Topic.REQUESTS,
              Topic.RESULTS,
              Topic.DEPLOYMENTS,
              Topic.ROLLOUTS,
              Topic.EVALUATIONS,
              Topic.MODEL_VERSIONS,
              Topic.DRIFT_REPORTS,
              Topic.QUALITY_REPORTS,
              Topic.COST_REPORTS)
          .groups("millrace-read-side")
          // How far the job has read: the depth of the queue.
          .add(new Grant(GROUP, "millrace-inference", LITERAL, Set.of(DESCRIBE)))
          .add(new Grant(TRANSACTIONAL_ID, "millrace-deployments", LITERAL, Set.of(WRITE)))),

  /** The inference job: its JobManager and its task managers. */
  INFERENCE_JOB(
      new Grants()
          .read(
              Topic.REQUESTS,
              Topic.DEPLOYMENTS,
              Topic.ROLLOUTS,
              Topic.ROLLOUT_COMMANDS,
              Topic.FEEDBACK)
          .write(
              Topic.RESULTS,
              Topic.DEAD_LETTERS,
              Topic.ROLLOUTS,
              Topic.DRIFT_REPORTS,
              Topic.QUALITY_REPORTS,
              Topic.COST_REPORTS)
          .groups("millrace-inference")
          .transactions("millrace-inference")),

  /** The webhooks job. */
  WEBHOOKS_JOB(
      new Grants()
          .read(Topic.RESULTS, Topic.WEBHOOK_REPLAYS)
          .write(Topic.DEAD_LETTERS, Topic.WEBHOOK_DEAD_LETTERS)
          .groups("millrace-webhooks")
          .transactions("millrace-webhooks")),

  /** People and pipelines that run the {@code millrace} command. */
  OPERATOR(
      new Grants()
          .each(Topic.ALL, CREATE, DESCRIBE)
          .read(
              Topic.REQUESTS,
              Topic.RESULTS,
              Topic.DEAD_LETTERS,
              Topic.WEBHOOK_DEAD_LETTERS,
              Topic.WEBHOOK_REPLAYS,
              Topic.DEPLOYMENTS,
              Topic.ROLLOUTS,
              Topic.MODEL_VERSIONS)
          .write(
              Topic.REQUESTS,
              Topic.DEPLOYMENTS,
              Topic.WEBHOOK_REPLAYS,
              Topic.EVALUATIONS,
              Topic.MODEL_VERSIONS)),

  /** Programs that write requests or feedback to Kafka themselves. They name their tenant. */
  PRODUCER(new Grants().write(Topic.REQUESTS, Topic.FEEDBACK)),

  /** Programs that read the results of all tenants from Kafka. */
  CONSUMER(new Grants().read(Topic.RESULTS).groups("client-"));

  @SuppressWarnings("ImmutableEnumChecker") // a copy that cannot change
  private final List<Grant> grants;

  Component(Grants grants) {
    this.grants = grants.list();
  }

  /** The name in commands, files and documents. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The one of this label.
   *
   * @throws IllegalArgumentException says which there are
   */
  public static Component of(String label) {
    return Arrays.stream(values())
        .filter(component -> component.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, found %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(Component::label)
                                .collect(Collectors.joining(", ")),
                            label)));
  }

  /** What it may do; all else is refused. */
  public List<Grant> grants() {
    return grants;
  }

  /**
   * The same as Kafka keeps it.
   *
   * @param principal such as {@code User:inference-job}
   */
  public List<AclBinding> bindings(String principal) {
    return grants.stream().flatMap(grant -> grant.bindings(principal).stream()).toList();
  }

  private static final class Grants {
    private final Map<String, Grant> grants = new LinkedHashMap<>();

    Grants add(Grant grant) {
      grants.merge(grant.resource() + " " + grant.name(), grant, Grant::and);
      return this;
    }

    Grants each(List<Topic> topics, AclOperation... operations) {
      topics.forEach(topic -> add(new Grant(TOPIC, topic.name(), LITERAL, Set.of(operations))));
      return this;
    }

    Grants read(Topic... topics) {
      return each(List.of(topics), READ);
    }

    Grants write(Topic... topics) {
      return each(List.of(topics), WRITE);
    }

    Grants groups(String prefix) {
      return add(new Grant(GROUP, prefix, PREFIXED, Set.of(READ)));
    }

    Grants transactions(String prefix) {
      return add(new Grant(TRANSACTIONAL_ID, prefix, PREFIXED, Set.of(WRITE)));
    }

    List<Grant> list() {
      return List.copyOf(grants.values());
    }
  }
}
