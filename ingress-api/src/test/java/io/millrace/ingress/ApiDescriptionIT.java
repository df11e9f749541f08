package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.millrace.ingress.ApiDescription.Operation;
import io.millrace.testtools.Finished;
import io.millrace.testtools.TestTools;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code /openapi.json} says what the server does, and others' tools understand it. */
@ExtendWith(SharedStack.class)
final class ApiDescriptionIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SharedStack.Running running;
  private final ApiDescription description;

  @TempDir private Path directory;

  ApiDescriptionIT(SharedStack.Running running) throws Exception {
    this.running = running;
    this.description = ApiDescription.of(running.client());
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
    // Given
    Set<String> routes;
    try (ApplicationContext context =
        ApplicationContext.builder().deduceEnvironment(false).banner(false).start()) {
      routes =
          context
              .getBean(Router.class)
              .uriRoutes()
              .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
              .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
              .filter(route -> !route.equals("GET /openapi.json"))
              .collect(Collectors.toCollection(TreeSet::new));
    }

    // Then
    assertThat(routes).isNotEmpty();
    assertThat(description.operations())
        .extracting(Operation::toString)
        .containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void linterFindsNoError() throws Exception {
    // Given
    Path file = directory.resolve("openapi.json");
    Files.writeString(file, description.root().toPrettyString());
    ProcessBuilder redocly =
        TestTools.npmProgram("redocly", "lint", "--extends=recommended", file.toString());
    redocly.directory(directory.toFile());
    redocly
        .environment()
        .putAll(Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"));

    // When
    Finished lint = Finished.run(redocly, PATIENCE);

    // Then
    assertThat(lint.status()).as(lint.all()).isZero();
  }

  @Test
  void everyOperationSaysWhatItIs() {
    assertThat(description.operations())
        .allSatisfy(
            operation -> {
              JsonNode said = operation.description();
              assertThat(said.path("operationId").asText()).isNotEmpty();
              assertThat(said.path("summary").asText()).isNotEmpty();
              assertThat(said.path("tags").size()).isEqualTo(1);
            })
        .extracting(operation -> operation.description().path("operationId").asText())
        .doesNotHaveDuplicates();
  }

  @Test
  void everyCallOfTheApiSaysHowItIsRefused() {
    assertThat(description.operations())
        .filteredOn(operation -> operation.path().startsWith("/v1/"))
        .allSatisfy(
            operation ->
                assertThat(operation.description().path("responses").fieldNames())
                    .toIterable()
                    .anyMatch(status -> status.startsWith("4")));
  }

  @Test
  void everyBodyHasAnExample() {
    List<String> without = new ArrayList<>();
    for (Operation operation : description.operations()) {
      for (JsonNode parameter : description.parameters(operation, "path")) {
        if (description.exampleOf(parameter).isMissingNode()) {
          without.add(operation + " path parameter " + parameter.path("name").asText());
        }
      }
      note(
          operation + " request",
          description.resolve(operation.description().path("requestBody")),
          without);
      operation
          .description()
          .path("responses")
          .properties()
          .forEach(
              response ->
                  note(
                      operation + " " + response.getKey(),
                      description.resolve(response.getValue()),
                      without));
    }
    assertThat(without).isEmpty();
  }

  private void note(String what, JsonNode body, List<String> without) {
    body.path("content")
        .properties()
        .forEach(
            content -> {
              if (content.getKey().contains("json")
                  && description.exampleOf(content.getValue()).isMissingNode()) {
                without.add(what + " " + content.getKey());
              }
            });
  }

  @Test
  void pageShowsEveryOperationInABrowserAndLoadsNothingFromElsewhere() throws Exception {
    // Given
    URI server = running.server().uri();
    Path screenshot = Path.of("target", "docs.png");
    Path script = Path.of("src", "test", "node", "docs-page.js");

    // When
    Finished browser =
        Finished.run(
            TestTools.node(
                script,
                TestTools.chromium().toString(),
                server.resolve("/docs").toString(),
                screenshot.toString()),
            PATIENCE);

    // Then
    assertThat(browser.status()).as(browser.all()).isZero();
    JsonNode found = new ObjectMapper().readTree(browser.output());
    assertThat(texts(found.path("errors"))).isEmpty();
    assertThat(texts(found.path("failed"))).isEmpty();
    assertThat(texts(found.path("operations")))
        .containsExactlyInAnyOrderElementsOf(
            description.operations().stream().map(Operation::toString).toList());
    assertThat(texts(found.path("requests")))
        .isNotEmpty()
        .allMatch(request -> request.startsWith("data:") || request.startsWith(server.toString()));
    assertThat(found.path("title").asText()).contains("Millrace");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
