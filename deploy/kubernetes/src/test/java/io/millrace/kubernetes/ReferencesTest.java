package io.millrace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testtools.CodeBlocks;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What names something that is not there is found before a cluster finds it. */
class ReferencesTest {

  /** Those that whoever installs makes; docs/kubernetes.md says how. */
  private static final Set<String> MADE_BY_HAND =
      Set.of(
          "millrace-api-keys",
          "millrace-api-tls",
          "millrace-metrics-key",
          "millrace-redis-acl",
          "millrace-redis-tls",
          "millrace-redis-ingress-api",
          "millrace-redis-inference-job",
          "millrace-redis-webhooks-job",
          "millrace-webhook-secrets",
          "millrace-object-store");

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void configMapsAreThereAndSecretsAreKnown(Overlay overlay) throws Exception {
    // Given
    Set<String> configMaps = names(overlay, "ConfigMap");
    Set<String> secrets =
        Stream.concat(
                MADE_BY_HAND.stream(),
                // Of Strimzi's operators.
                Stream.concat(
                    names(overlay, "KafkaUser").stream(),
                    names(overlay, "Kafka").stream().map(name -> name + "-cluster-ca-cert")))
            .collect(Collectors.toSet());

    // When
    Set<String> namedConfigMaps = new TreeSet<>();
    Set<String> namedSecrets = new TreeSet<>();
    for (Manifest manifest : overlay.manifests()) {
      manifest.tree().findValues("configMap").forEach(c -> namedConfigMaps.add(name(c)));
      manifest.tree().findValues("configMapKeyRef").forEach(c -> namedConfigMaps.add(name(c)));
      manifest.tree().findValuesAsText("secretName").forEach(namedSecrets::add);
      manifest.tree().findValues("secretKeyRef").forEach(s -> namedSecrets.add(name(s)));
      manifest.tree().findValues("credentials").forEach(s -> namedSecrets.add(name(s)));
      manifest.at("/spec/endpoints").findValues("secret").forEach(s -> namedSecrets.add(name(s)));
    }

    // Then
    assertThat(configMaps).containsAll(namedConfigMaps);
    assertThat(secrets).containsAll(namedSecrets);
    assertThat(namedSecrets).containsAll(MADE_BY_HAND);
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void thePageSaysHowEachSecretIsMade(Overlay overlay) throws Exception {
    String page = Files.readString(CodeBlocks.root().resolve("docs/kubernetes.md"));
    assertThat(MADE_BY_HAND).allMatch(page::contains);
    assertThat(overlay.manifests("Secret")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void serviceAccountsAreThere(Overlay overlay) throws Exception {
    Set<String> accounts = names(overlay, "ServiceAccount");
    Set<String> named = new TreeSet<>();
    for (Manifest manifest : overlay.manifests()) {
      manifest.tree().findValuesAsText("serviceAccountName").forEach(named::add);
      named.addAll(
          manifest.kind().equals("FlinkDeployment")
              ? List.of(manifest.at("/spec/serviceAccount").asText())
              : List.of());
      manifest.at("/subjects").forEach(subject -> named.add(name(subject)));
    }
    assertThat(accounts).isEqualTo(named);
    assertThat(names(overlay, "Role"))
        .containsAll(
            overlay.manifests("RoleBinding").stream()
                .map(binding -> binding.at("/roleRef/name").asText())
                .toList());
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void servicesSelectPodsThatHaveTheirPorts(Overlay overlay) throws Exception {
    for (Manifest service : overlay.manifests("Service")) {
      List<Pod> selected = selected(overlay, service.at("/spec/selector"));
      assertThat(selected).as("%s", service).hasSize(1);
      service
          .at("/spec/ports")
          .forEach(
              port ->
                  assertThat(selected.get(0).ports())
                      .as("%s", service)
                      .containsKey(port.path("targetPort").asText()));
    }
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void workloadsSelectTheirOwnPodsAlone(Overlay overlay) throws Exception {
    for (Manifest workload : overlay.manifests()) {
      if (Set.of("Deployment", "StatefulSet").contains(workload.kind())) {
        assertThat(selected(overlay, workload.at("/spec/selector/matchLabels")))
            .extracting(Pod::owner)
            .containsExactly(workload.kind() + " " + workload.name());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void disruptionBudgetsProtectWhatIsThere(Overlay overlay) throws Exception {
    assertThat(overlay.manifests("PodDisruptionBudget"))
        .extracting(budget -> selected(overlay, budget.at("/spec/selector/matchLabels")).toString())
        .containsExactlyInAnyOrder(
            "[Deployment millrace-api]",
            "[FlinkDeployment millrace-inference taskManager]",
            "[FlinkDeployment millrace-webhooks taskManager]");
    assertThat(overlay.manifest("Kafka", "millrace").at("/spec/kafka/template/podDisruptionBudget"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void podsAreSpreadByTheirOwnLabels(Overlay overlay) throws Exception {
    for (Pod pod : Pod.of(overlay.manifests())) {
      pod.spec()
          .path("topologySpreadConstraints")
          .forEach(
              constraint ->
                  assertThat(selects(constraint.at("/labelSelector/matchLabels"), pod))
                      .as("%s", pod)
                      .isTrue());
    }
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void mountsAreOfVolumesThatAreThere(Overlay overlay) throws Exception {
    for (Pod pod : Pod.of(overlay.manifests())) {
      Set<String> volumes = new TreeSet<>(pod.spec().path("volumes").findValuesAsText("name"));
      Set<String> mounted = new TreeSet<>();
      pod.containers()
          .forEach(c -> c.path("volumeMounts").forEach(mount -> mounted.add(name(mount))));
      // A ConfigMap's and a persistent claim's names are names too.
      assertThat(volumes).as("%s", pod).containsAll(mounted);
      pod.spec()
          .path("volumes")
          .forEach(volume -> assertThat(mounted).as("%s", pod).contains(name(volume)));
    }
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void theAutoscalerScalesADeploymentThatSaysNoNumber(Overlay overlay) throws Exception {
    Manifest autoscaler = overlay.manifest("HorizontalPodAutoscaler", "millrace-api");
    Manifest deployment =
        overlay.manifest(
            autoscaler.at("/spec/scaleTargetRef/kind").asText(),
            autoscaler.at("/spec/scaleTargetRef/name").asText());
    assertThat(deployment.at("/spec/replicas").isMissingNode()).isTrue();
    assertThat(autoscaler.at("/spec/maxReplicas").asInt())
        .isGreaterThan(autoscaler.at("/spec/minReplicas").asInt());
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void everythingIsInOneNamespace(Overlay overlay) throws Exception {
    assertThat(overlay.manifests())
        .filteredOn(manifest -> !manifest.kind().equals("Namespace"))
        .extracting(manifest -> manifest.at("/metadata/namespace").asText())
        .containsOnly("millrace");
  }

  private static Set<String> names(Overlay overlay, String kind) throws Exception {
    return overlay.manifests(kind).stream()
        .map(Manifest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(JsonNode node) {
    return node.path("name").asText();
  }

  private static List<Pod> selected(Overlay overlay, JsonNode labels) {
    try {
      return Pod.of(overlay.manifests()).stream().filter(pod -> selects(labels, pod)).toList();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean selects(JsonNode labels, Pod pod) {
    return !labels.isEmpty()
        && labels.properties().stream()
            .allMatch(
                (Map.Entry<String, JsonNode> label) ->
                    label.getValue().asText().equals(pod.labels().get(label.getKey())));
  }
}
