package io.millrace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.schemas.Topic;
import io.millrace.testtools.CodeBlocks;
import io.millrace.testtools.Finished;
import io.millrace.webhooks.config.WebhooksConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code deploy/docker/compose.yaml}: its structure always, and what Docker says where it can. */
class ComposeTest {

  private static final Path FILE = CodeBlocks.root().resolve("deploy/docker/compose.yaml");

  /** Those that end when their work is done, so that there is no health to look at. */
  private static final Set<String> ONCE =
      Set.of("volumes", "topics", "prepare", "deployment", "key");

  private final JsonNode compose = read();

  @Test
  void everyPartIsThere() {
    assertThat(services())
        .containsKeys(
            "broker",
            "redis",
            "jobmanager",
            "taskmanager-1",
            "taskmanager-2",
            "webhooks-jobmanager",
            "webhooks-taskmanager",
            "api-1",
            "api-2",
            "prometheus",
            "grafana",
            "topics",
            "prepare");
  }

  @Test
  void fieldsOfServicesAreKnown() {
    assertThat(services().values())
        .allSatisfy(
            service ->
                assertThat(service.fieldNames())
                    .toIterable()
                    .isSubsetOf(
                        "image",
                        "build",
                        "user",
                        "restart",
                        "networks",
                        "network_mode",
                        "stop_grace_period",
                        "security_opt",
                        "cap_drop",
                        "cap_add",
                        "read_only",
                        "tmpfs",
                        "command",
                        "entrypoint",
                        "environment",
                        "ports",
                        "volumes",
                        "healthcheck",
                        "depends_on",
                        "profiles"));
  }

  @Test
  void imagesArePinned() {
    assertThat(services().values())
        .extracting(service -> service.path("image").asText())
        .contains("millrace/flink:0.1.0", "millrace/ingress-api:0.1.0")
        .allMatch(image -> image.matches("[a-z/-]+:v?[0-9]+\\.[0-9]+\\.[0-9]+[a-z0-9.-]*"));
  }

  @Test
  void nobodyIsRootButWhoGivesVolumesAway() {
    services()
        .forEach(
            (name, service) -> {
              assertThat(service.path("user").asText().startsWith("0:"))
                  .as(name)
                  .isEqualTo(name.equals("volumes"));
              assertThat(service.path("user").asText()).as(name).matches("[0-9]+:[0-9]+");
              assertThat(service.at("/cap_drop/0").asText()).as(name).isEqualTo("ALL");
              assertThat(service.at("/security_opt/0").asText())
                  .as(name)
                  .isEqualTo("no-new-privileges:true");
            });
    assertThat(service("volumes").path("network_mode").asText()).isEqualTo("none");
  }

  @Test
  void whatRunsOnHasAHealthCheckAndIsStartedAgain() {
    services()
        .forEach(
            (name, service) -> {
              assertThat(service.at("/healthcheck/test").isArray())
                  .as(name)
                  .isEqualTo(!ONCE.contains(name));
              assertThat(service.path("restart").asText("no"))
                  .as(name)
                  .isEqualTo(ONCE.contains(name) ? "no" : "unless-stopped");
            });
  }

  @Test
  void portsAreOfTheLoopbackInterfaceAndEachIsTakenOnce() {
    List<String> ports =
        services().values().stream()
            .flatMap(service -> StreamSupport.stream(service.path("ports").spliterator(), false))
            .map(JsonNode::asText)
            .toList();
    assertThat(ports).isNotEmpty().allMatch(port -> port.matches("127\\.0\\.0\\.1:\\d+:\\d+"));
    assertThat(ports.stream().map(port -> port.replaceAll(".*:(\\d+):\\d+", "$1")))
        .doesNotHaveDuplicates();
  }

  @Test
  void dependenciesAreThereAndWaitForWhatTheyCan() {
    services()
        .forEach(
            (name, service) ->
                service
                    .path("depends_on")
                    .properties()
                    .forEach(
                        on -> {
                          assertThat(services()).as(name).containsKey(on.getKey());
                          String condition = on.getValue().path("condition").asText();
                          assertThat(condition)
                              .as("%s on %s", name, on.getKey())
                              .isIn(
                                  ONCE.contains(on.getKey())
                                      ? List.of("service_completed_successfully")
                                      : List.of("service_healthy", "service_started"));
                        }));
  }

  @Test
  void whatIsMountedExists() {
    Set<String> volumes = new TreeSet<>();
    compose.path("volumes").fieldNames().forEachRemaining(volumes::add);
    Set<String> used = new TreeSet<>();
    services()
        .forEach(
            (name, service) ->
                service
                    .path("volumes")
                    .forEach(
                        volume -> {
                          String source = volume.asText().replaceAll(":.*", "");
                          if (source.startsWith(".")) {
                            assertThat(FILE.resolveSibling(source).normalize()).as(name).exists();
                          } else {
                            used.add(source);
                          }
                        }));
    assertThat(used).isEqualTo(volumes);
  }

  @Test
  void theTopicsAreThoseOfTheCode() throws IOException {
    List<Topic> created =
        Files.readAllLines(FILE.resolveSibling("compose/create-topics")).stream()
            .filter(line -> line.startsWith("create ") && !line.endsWith("{"))
            .map(line -> line.split(" "))
            .map(
                words ->
                    new Topic(
                        words[1],
                        Integer.parseInt(words[2]),
                        Arrays.stream(words, 3, words.length)
                            .map(setting -> setting.split("="))
                            .collect(Collectors.toMap(s -> s[0], s -> s[1]))))
            .toList();
    assertThat(created).containsExactlyInAnyOrderElementsOf(Topic.ALL);
  }

  @Test
  void theJobsUnderstandTheirVariables() {
    // When
    InferenceConfig job = ConfigLoader.load(null, environment("jobmanager"));
    WebhooksConfig hooks = WebhooksConfig.load(null, environment("webhooks-jobmanager"));

    // Then
    Map<String, String> jobs = flink("jobmanager");
    assertThat(jobs)
        .isEqualTo(flink("taskmanager-1"))
        .containsEntry("execution.checkpointing.dir", job.checkpoints().directory());
    assertThat(flink("webhooks-jobmanager"))
        .isEqualTo(flink("webhooks-taskmanager"))
        .containsEntry("execution.checkpointing.dir", hooks.checkpoints().directory());
    long longest = Long.parseLong(environment("broker").get("KAFKA_TRANSACTION_MAX_TIMEOUT_MS"));
    assertThat(job.kafka().transactionTimeout()).hasMillis(longest);
    assertThat(hooks.kafka().transactionTimeout()).hasMillis(longest);
  }

  @Test
  void flinkUnderstandsItsProperties() throws Exception {
    FlinkOptions options = new FlinkOptions();
    for (String service : List.of("jobmanager", "webhooks-jobmanager")) {
      assertThat(flink(service))
          .hasSizeGreaterThan(10)
          .allSatisfy((key, value) -> assertThat(options.complaint(key, value)).isEmpty());
      String main = service(service).path("command").get(2).asText();
      assertThat(Class.forName(main).getMethod("main", String[].class)).isNotNull();
    }
  }

  @Test
  void theApiUnderstandsItsVariables() throws IOException {
    assertThat(ApiSettingsTest.settingsAsVariables()).containsAll(environment("api-1").keySet());
  }

  @Test
  void prometheusLooksAtAllThatHasMetrics() throws IOException {
    JsonNode targets =
        Manifests.YAML.readTree(FILE.resolveSibling("compose/prometheus-targets.json").toFile());
    List<String> found = new ArrayList<>();
    targets.forEach(group -> group.path("targets").forEach(t -> found.add(t.asText())));
    assertThat(found)
        .containsExactlyInAnyOrder(
            "api-1:8080",
            "api-2:8080",
            "jobmanager:9249",
            "taskmanager-1:9249",
            "taskmanager-2:9249",
            "webhooks-jobmanager:9249",
            "webhooks-taskmanager:9249");
    assertThat(targets.findValuesAsText("__millrace_part")).containsOnly("api", "flink");
    // The file is where the configuration looks for it, from its own directory on.
    assertThat(
            Path.of("/etc/prometheus/")
                .resolve("../../.millrace/prometheus-targets.json")
                .normalize())
        .hasToString("/.millrace/prometheus-targets.json");
    assertThat(service("prometheus").path("volumes").toString())
        .contains("prometheus-targets.json:/.millrace/prometheus-targets.json:ro");
    assertThat(Files.readString(CodeBlocks.root().resolve("deploy/prometheus/prometheus.yml")))
        .contains("files: [../../.millrace/prometheus-targets.json]");
  }

  @Test
  void dockerTakesIt() {
    Assumptions.assumeTrue(
        runs("docker", "compose", "version"),
        "no docker client with compose is here: the file is not shown to it");
    List<String> command =
        List.of(
            "docker",
            "compose",
            "-f",
            FILE.toString(),
            "--profile",
            "webhooks",
            "--profile",
            "tools",
            "config",
            "--quiet");
    Finished finished = Finished.run(new ProcessBuilder(command), Duration.ofSeconds(30));
    assertThat(finished.status()).as(finished.all()).isZero();
  }

  private static boolean runs(String... command) {
    try {
      return Finished.run(new ProcessBuilder(command), Duration.ofSeconds(30)).status() == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private JsonNode service(String name) {
    return compose.at("/services/" + name);
  }

  private Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    compose.path("services").properties().forEach(s -> services.put(s.getKey(), s.getValue()));
    return services;
  }

  private Map<String, String> environment(String service) {
    Map<String, String> environment = new TreeMap<>();
    compose
        .at("/services/" + service + "/environment")
        .properties()
        .forEach(v -> environment.put(v.getKey(), v.getValue().asText()));
    return environment;
  }

  private Map<String, String> flink(String service) {
    return environment(service)
        .getOrDefault("FLINK_PROPERTIES", "")
        .lines()
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** With SnakeYAML alone, which knows merge keys. */
  private static ObjectNode read() {
    try {
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
      return Manifests.YAML.valueToTree(tree);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
