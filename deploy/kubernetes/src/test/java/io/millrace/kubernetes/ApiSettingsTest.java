package io.millrace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testtools.CodeBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The API's variables, by the table in docs/configuration.md. */
class ApiSettingsTest {

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void variablesAreSettingsThatExist(Overlay overlay) throws Exception {
    assertThat(settingsAsVariables()).containsAll(variables(overlay).keySet());
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void filesOfSettingsAreMounted(Overlay overlay) throws Exception {
    Set<String> mounts = new TreeSet<>();
    container(overlay)
        .path("volumeMounts")
        .forEach(mount -> mounts.add(mount.path("mountPath").asText()));
    assertThat(variables(overlay).values())
        .filteredOn(value -> value.startsWith("/"))
        .hasSizeGreaterThan(4)
        .allMatch(value -> mounts.stream().anyMatch(mount -> value.startsWith(mount + "/")));
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void keysAndTlsAreOn(Overlay overlay) throws Exception {
    assertThat(variables(overlay))
        .containsKeys("MILLRACE_ACCESS_KEYS_FILE", "MILLRACE_TLS_CERTIFICATE")
        .doesNotContainKey("MILLRACE_ACCESS_OPEN_METRICS");
    Manifest deployment = overlay.manifest("Deployment", "millrace-api");
    // The sleep, the default of millrace.http.shutdown-grace, and some room.
    assertThat(deployment.at("/spec/template/spec/terminationGracePeriodSeconds").asInt())
        .isGreaterThan(15 + container(overlay).at("/lifecycle/preStop/sleep/seconds").asInt(-1));
  }

  static Set<String> settingsAsVariables() throws IOException {
    return Pattern.compile("^\\| `((?:millrace|micronaut)\\.[a-z.-]+)`", Pattern.MULTILINE)
        .matcher(Files.readString(CodeBlocks.root().resolve("docs/configuration.md")))
        .results()
        .map(match -> match.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
        .collect(Collectors.toSet());
  }

  private static JsonNode container(Overlay overlay) throws Exception {
    return overlay.manifest("Deployment", "millrace-api").at("/spec/template/spec/containers/0");
  }

  private static Map<String, String> variables(Overlay overlay) throws Exception {
    Map<String, String> variables = new TreeMap<>();
    container(overlay)
        .path("env")
        .forEach(v -> variables.put(v.path("name").asText(), v.path("value").asText()));
    return variables;
  }
}
