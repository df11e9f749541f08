package io.millrace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.millrace.kubernetes.NetworkRules.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each connection that Millrace needs, and some that nobody may make. */
class NetworkPolicyTest {

  private static final End PROMETHEUS =
      End.elsewhere(Map.of(NetworkRules.NAMESPACE, "monitoring"), Map.of());
  private static final End FLINK_OPERATOR =
      End.elsewhere(Map.of(NetworkRules.NAMESPACE, "flink-operator"), Map.of());
  private static final End CLIENT =
      End.elsewhere(Map.of(NetworkRules.NAMESPACE, "shop", "millrace.io/client", "true"), Map.of());
  private static final End STRANGER =
      End.elsewhere(Map.of(NetworkRules.NAMESPACE, "other"), Map.of());
  private static final End DNS =
      End.elsewhere(Map.of(NetworkRules.NAMESPACE, "kube-system"), Map.of("k8s-app", "kube-dns"));
  private static final End PUBLIC = End.outside("public");
  private static final End PRIVATE = End.outside("private");

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void whatIsNeededIsAllowed(Overlay overlay) throws Exception {
    // Given
    Pods pods = new Pods(overlay);
    NetworkRules rules = rules(overlay);

    // Then
    for (End pod : pods.all()) {
      assertThat(rules.allow(pod, DNS, 53)).as("%s to DNS", pod).isTrue();
    }
    for (End client : List.of(pods.api(), pods.jobManager(), pods.taskManager(), pods.hooks())) {
      assertThat(rules.allow(client, pods.broker(), 9093)).as("%s to Kafka", client).isTrue();
    }
    for (End client : List.of(pods.api(), pods.taskManager(), pods.hooks())) {
      assertThat(rules.allow(client, pods.redis(), 6379)).as("%s to Redis", client).isTrue();
    }
    for (int port : List.of(6123, 6124)) {
      assertThat(rules.allow(pods.taskManager(), pods.jobManager(), port)).isTrue();
    }
    assertThat(rules.allow(pods.taskManager(), pods.taskManager(), 6121)).isTrue();
    assertThat(rules.allow(pods.jobManager(), pods.taskManager(), 6122)).isTrue();
    assertThat(rules.allow(FLINK_OPERATOR, pods.jobManager(), 8081)).isTrue();
    assertThat(rules.allow(CLIENT, pods.api(), 8443)).isTrue();
    assertThat(rules.allow(PROMETHEUS, pods.api(), 8443)).isTrue();
    assertThat(rules.allow(PROMETHEUS, pods.jobManager(), 9249)).isTrue();
    assertThat(rules.allow(PROMETHEUS, pods.taskManager(), 9249)).isTrue();
    assertThat(rules.allow(PROMETHEUS, pods.hooks(), 9249)).isTrue();
    assertThat(rules.allow(PROMETHEUS, pods.broker(), 9404)).isTrue();
    // The object store and Kubernetes' API, wherever they are.
    for (End pod : List.of(pods.jobManager(), pods.taskManager(), pods.hooks())) {
      assertThat(rules.allow(pod, PUBLIC, 443)).isTrue();
      assertThat(rules.allow(pod, PRIVATE, 6443)).isTrue();
    }
    assertThat(rules.allow(pods.entityOperator(), PRIVATE, 443)).isTrue();
    assertThat(rules.allow(pods.entityOperator(), pods.broker(), 9091)).isTrue();
    assertThat(rules.allow(pods.broker(), pods.controller(), 9090)).isTrue();
    // Where brokers are to know their zone, they ask Kubernetes for it; else they need nothing of
    // it.
    assertThat(rules.allow(pods.broker(), PRIVATE, 443))
        .isEqualTo(overlay.manifest("Kafka", "millrace").at("/spec/kafka/rack").isObject());
    // A receiver of webhooks.
    assertThat(rules.allow(pods.hooks(), PUBLIC, 8443)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void whatIsNotNeededIsRefused(Overlay overlay) throws Exception {
    // Given
    Pods pods = new Pods(overlay);
    NetworkRules rules = rules(overlay);

    // Then
    for (int port : List.of(6121, 6122, 6123, 6124, 8081)) {
      assertThat(rules.allow(STRANGER, pods.jobManager(), port)).isFalse();
      assertThat(rules.allow(CLIENT, pods.jobManager(), port)).isFalse();
      assertThat(rules.allow(pods.api(), pods.jobManager(), port)).isFalse();
      assertThat(rules.allow(pods.hooks(), pods.jobManager(), port)).isFalse();
    }
    for (End other : List.of(STRANGER, CLIENT, PROMETHEUS, FLINK_OPERATOR)) {
      assertThat(rules.allow(other, pods.redis(), 6379)).isFalse();
      assertThat(rules.allow(other, pods.broker(), 9093)).isFalse();
    }
    assertThat(rules.allow(STRANGER, pods.api(), 8443)).isFalse();
    assertThat(rules.allow(pods.redis(), pods.broker(), 9093)).isFalse();
    assertThat(rules.allow(pods.redis(), PUBLIC, 443)).isFalse();
    assertThat(rules.allow(pods.api(), PUBLIC, 443)).isFalse();
    assertThat(rules.allow(pods.broker(), PUBLIC, 80)).isFalse();
    // What a webhook may not reach, besides what the job refuses by itself.
    assertThat(rules.allow(pods.hooks(), PRIVATE, 8080)).isFalse();
    assertThat(rules.allow(pods.taskManager(), PUBLIC, 8443)).isFalse();
  }

  /** The policies of the overlay, and those that Strimzi makes of the Kafka document. */
  private static NetworkRules rules(Overlay overlay) throws Exception {
    List<NetworkPolicy> policies = new ArrayList<>();
    for (Manifest manifest : overlay.manifests("NetworkPolicy")) {
      policies.add(TypedModels.read(manifest, NetworkPolicy.class));
    }
    String peers =
        overlay
            .manifest("Kafka", "millrace")
            .at("/spec/kafka/listeners/0/networkPolicyPeers")
            .toString();
    for (Manifest manifest :
        Manifests.parse(
            "Strimzi",
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: millrace-network-policy-kafka}
            spec:
              podSelector: {matchLabels: {strimzi.io/name: millrace-kafka}}
              policyTypes: [Ingress]
              ingress:
                - from:
                    - podSelector: {matchLabels: {strimzi.io/name: millrace-kafka}}
                    - podSelector: {matchLabels: {strimzi.io/name: millrace-entity-operator}}
                  ports: [{port: 9090, protocol: TCP}, {port: 9091, protocol: TCP}]
                - from: %s
                  ports: [{port: 9093, protocol: TCP}]
            """
                .formatted(peers))) {
      policies.add(TypedModels.read(manifest, NetworkPolicy.class));
    }
    return new NetworkRules(policies);
  }

  private record Pods(Overlay overlay) {

    List<End> all() throws Exception {
      return Pod.of(overlay.manifests()).stream().map(pod -> End.pod(pod.labels())).toList();
    }

    End api() throws Exception {
      return end("Deployment millrace-api");
    }

    End redis() throws Exception {
      return end("StatefulSet millrace-redis");
    }

    End jobManager() throws Exception {
      return end("FlinkDeployment millrace-inference jobManager");
    }

    End taskManager() throws Exception {
      return end("FlinkDeployment millrace-inference taskManager");
    }

    End hooks() throws Exception {
      return end("FlinkDeployment millrace-webhooks taskManager");
    }

    End broker() throws Exception {
      return end("KafkaNodePool brokers");
    }

    End controller() throws Exception {
      return end("KafkaNodePool controllers");
    }

    End entityOperator() throws Exception {
      return end("Kafka millrace entityOperator");
    }

    private End end(String owner) throws Exception {
      return Pod.of(overlay.manifests()).stream()
          .filter(pod -> pod.owner().equals(owner))
          .map(pod -> End.pod(pod.labels()))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + owner));
    }
  }
}
