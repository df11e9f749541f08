package io.millrace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every pod must have, of whatever it is. */
class PodPolicyTest {

  private static final String PINNED = "[a-z0-9./-]+:[0-9]+\\.[0-9]+\\.[0-9]+[a-z0-9.-]*";

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void imagesArePinned(Overlay overlay) throws Exception {
    List<String> images =
        Stream.concat(
                containers(overlay).map(container -> container.path("image").asText()),
                overlay.manifests("FlinkDeployment").stream()
                    .map(manifest -> manifest.at("/spec/image").asText()))
            .filter(image -> !image.isEmpty())
            .toList();
    assertThat(images)
        .contains("millrace/flink:0.1.0", "millrace/ingress-api:0.1.0")
        .allMatch(image -> image.matches(PINNED));
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void noPodRunsAsRoot(Overlay overlay) throws Exception {
    assertThat(ownPods(overlay))
        .hasSize(6)
        .allSatisfy(
            pod -> {
              JsonNode context = pod.spec().path("securityContext");
              assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
              assertThat(context.path("runAsUser").asInt()).isPositive();
              assertThat(context.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            });
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void noContainerMayGainRights(Overlay overlay) throws Exception {
    assertThat(containers(overlay))
        .allSatisfy(
            container -> {
              JsonNode context = container.path("securityContext");
              assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
              assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
              assertThat(context.path("privileged").asBoolean()).isFalse();
            });
  }

  /** Flink's image writes into its own; all others need none but what is mounted. */
  @ParameterizedTest
  @EnumSource(Overlay.class)
  void onlyFlinkWritesToItsRoot(Overlay overlay) throws Exception {
    assertThat(containers(overlay))
        .filteredOn(container -> !container.path("name").asText().equals("flink-main-container"))
        .isNotEmpty()
        .allMatch(container -> container.at("/securityContext/readOnlyRootFilesystem").asBoolean());
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void everyContainerHasProbesOnPortsThatItHas(Overlay overlay) throws Exception {
    for (Pod pod : ownPods(overlay)) {
      for (JsonNode container : pod.containers()) {
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
          JsonNode found = container.path(probe);
          assertThat(found.isObject()).as("%s of %s", probe, pod).isTrue();
          Stream.of("httpGet", "tcpSocket")
              .map(kind -> found.path(kind).path("port"))
              .filter(port -> !port.isMissingNode())
              .forEach(
                  port ->
                      assertThat(pod.ports())
                          .as("%s of %s", probe, pod)
                          .satisfiesAnyOf(
                              ports -> assertThat(ports).containsKey(port.asText()),
                              ports -> assertThat(ports).containsValue(port.asInt())));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void everyContainerHasResources(Overlay overlay) throws Exception {
    assertThat(containers(overlay))
        .filteredOn(container -> !container.path("name").asText().equals("flink-main-container"))
        .allSatisfy(PodPolicyTest::assertRequestsAndMemoryLimit);
    assertThat(overlay.manifests("FlinkDeployment"))
        .hasSize(2)
        .allSatisfy(
            manifest -> {
              for (String part : List.of("jobManager", "taskManager")) {
                JsonNode resource = manifest.at("/spec/" + part + "/resource");
                assertThat(resource.path("cpu").asDouble()).isPositive();
                assertThat(resource.path("memory").asText()).matches("[0-9]+m");
              }
            });
    assertThat(overlay.manifests("KafkaNodePool"))
        .hasSize(2)
        .allSatisfy(pool -> assertRequestsAndMemoryLimit(pool.at("/spec")));
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void strimziMakesPodsOfTheSameKind(Overlay overlay) throws Exception {
    assertThat(overlay.manifests("KafkaNodePool"))
        .allSatisfy(
            pool -> {
              assertThat(pool.at("/spec/template/pod/securityContext/runAsNonRoot").asBoolean())
                  .isTrue();
              for (String container : List.of("kafkaContainer", "initContainer")) {
                JsonNode context = pool.at("/spec/template/" + container + "/securityContext");
                assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
              }
            });
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void tokensOfKubernetesAreGivenToWhoNeedsThem(Overlay overlay) throws Exception {
    assertThat(ownPods(overlay))
        .filteredOn(pod -> !pod.owner().startsWith("FlinkDeployment"))
        .hasSize(2)
        .allMatch(pod -> !pod.spec().path("automountServiceAccountToken").asBoolean(true));
  }

  @Test
  void noFileHoldsASecret() {
    assertThat(Manifests.all())
        .noneMatch(manifest -> manifest.kind().equals("Secret"))
        .allSatisfy(
            manifest ->
                assertThat(manifest.tree().findParents("value"))
                    .filteredOn(
                        variable ->
                            variable
                                .path("name")
                                .asText()
                                .matches(".*(PASSWORD|SECRET|TOKEN|ACCESS_KEY)(?!.*_FILE).*"))
                    .isEmpty());
  }

  private static void assertRequestsAndMemoryLimit(JsonNode container) {
    JsonNode resources = container.path("resources");
    assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
    assertThat(resources.at("/requests/memory").asText())
        .isNotEmpty()
        .isEqualTo(resources.at("/limits/memory").asText());
  }

  private static Stream<JsonNode> containers(Overlay overlay) throws Exception {
    return ownPods(overlay).stream().flatMap(pod -> pod.containers().stream());
  }

  /** Of those whose specification is here: not Strimzi's. */
  private static List<Pod> ownPods(Overlay overlay) throws Exception {
    return Pod.of(overlay.manifests()).stream().filter(pod -> !pod.spec().isEmpty()).toList();
  }
}
