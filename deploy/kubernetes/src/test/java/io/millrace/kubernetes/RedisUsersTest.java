package io.millrace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testtools.CodeBlocks;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisUsersTest {

  private static final Pattern USER = Pattern.compile("^user (\\S+) on", Pattern.MULTILINE);

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void eachPartIsAUserOfTheAclFileAndHasItsPassword(Overlay overlay) throws Exception {
    // Given
    Set<String> users =
        USER.matcher(Files.readString(CodeBlocks.root().resolve("deploy/redis/users.acl.template")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toSet());

    // When
    Set<String> named = new TreeSet<>();
    overlay
        .manifest("Deployment", "millrace-api")
        .tree()
        .findParents("value")
        .forEach(
            variable -> {
              if (variable.path("name").asText().equals("MILLRACE_REDIS_USERNAME")) {
                named.add(variable.path("value").asText());
              }
            });
    for (Manifest manifest : overlay.manifests("ConfigMap")) {
      for (String file : Set.of("inference.yaml", "webhooks.yaml")) {
        if (manifest.at("/data").has(file)) {
          named.add(
              Manifests.YAML
                  .readTree(manifest.at("/data/" + file).asText())
                  .at("/redis/username")
                  .asText());
        }
      }
    }

    // Then
    assertThat(named).containsExactlyInAnyOrder("ingress-api", "inference-job", "webhooks-job");
    assertThat(users).containsAll(named);
    for (String user : named) {
      assertThat(Pod.of(overlay.manifests()))
          .anyMatch(
              pod ->
                  pod.spec()
                      .path("volumes")
                      .findValuesAsText("secretName")
                      .contains("millrace-redis-" + user));
    }
  }
}
