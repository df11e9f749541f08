package io.millrace.ingress;

import static io.millrace.ingress.ApiClient.JOBS;
import static io.millrace.ingress.ApiClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.ingress.ApiClient.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Following jobs as an EventSource does. */
@ExtendWith(SharedStack.class)
final class EventsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestStack stack;
  private final IngressServer server;
  private final ApiClient client;

  EventsIT(SharedStack.Running running) {
    this.stack = running.stack();
    this.server = running.server();
    this.client = running.client();
  }

  /** One event, or a comment alone. */
  private record Received(String id, String name, String data, String comment) {
    String status() throws Exception {
      return JSON.readTree(data).path("status").asText();
    }
  }

  /** Reads one stream, as the specification of server-sent events says. */
  private static final class Source implements AutoCloseable {

    private final HttpResponse<Stream<String>> response;
    private final Iterator<String> lines;

    Source(URI server, String job, String... headers) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.resolve("/v1/jobs/" + job + "/events"))
              .timeout(Duration.ofSeconds(30))
              .header("Accept", "text/event-stream");
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofLines());
      lines = response.body().iterator();
    }

    int status() {
      return response.statusCode();
    }

    /** The next event; null at the end of the stream. */
    @Nullable Received next() {
      String id = "";
      String name = "";
      String comment = "";
      StringBuilder data = new StringBuilder();
      boolean any = false;
      while (lines.hasNext()) {
        String line = lines.next();
        if (line.isEmpty()) {
          if (any) {
            return new Received(id, name, data.toString(), comment);
          }
          continue;
        }
        any = true;
        int colon = line.indexOf(':');
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon)) {
          case "id" -> id = value;
          case "event" -> name = value;
          case "data" -> data.append(value);
          default -> comment = value;
        }
      }
      return null;
    }

    List<Received> rest() {
      List<Received> rest = new ArrayList<>();
      for (Received event = next(); event != null; event = next()) {
        rest.add(event);
      }
      return rest;
    }

    @Override
    public void close() {
      response.body().close();
    }
  }

  private String submit(String text) throws Exception {
    return client.post(JOBS, text(text)).json().path("id").asText();
  }

  private void cancel(String job) throws Exception {
    assertThat(client.post("/v1/jobs/" + job + "/cancel", "").status()).isEqualTo(200);
  }

  @Test
  void streamTellsWhatTheJobIsAndHowItEndsAndIsOver() throws Exception {
    // Given
    String job = submit("never");
    try (Source source = new Source(server.uri(), job)) {
      Received queued = Objects.requireNonNull(source.next());

      // When
      cancel(job);
      List<Received> rest = source.rest();

      // Then
      assertThat(source.response.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      assertThat(queued.name()).isEqualTo("queued");
      assertThat(queued.id()).isEqualTo("1");
      assertThat(queued.status()).isEqualTo("queued");
      assertThat(rest).hasSize(1);
      assertThat(rest.get(0).name()).isEqualTo("cancelled");
      assertThat(rest.get(0).id()).isEqualTo("2");
      assertThat(JSON.readTree(rest.get(0).data())).isEqualTo(client.get("/v1/jobs/" + job).json());
    }
  }

  @Test
  void jobThatHasEndedIsOneEventAndAClientThatSawItNeedsNotComeAgain() throws Exception {
    // Given
    String job = client.post(JOBS, text("quick"), "Prefer", "wait=20").json().path("id").asText();

    // When
    try (Source late = new Source(server.uri(), job);
        Source resumed = new Source(server.uri(), job, "Last-Event-ID", "1");
        Source done = new Source(server.uri(), job, "Last-Event-ID", "2")) {
      // Then
      assertThat(late.rest()).extracting(Received::name).containsExactly("succeeded");
      assertThat(resumed.rest()).extracting(Received::name).containsExactly("succeeded");
      assertThat(done.status()).isEqualTo(204);
      assertThat(done.rest()).isEmpty();
    }
  }

  @Test
  void streamLivesAndGoesOnAtAnotherServerWhenItsOwnStops() throws Exception {
    // Given
    String job = submit("never");
    Received queued;
    Received beat;
    CompletableFuture<List<Received>> cut;
    try (IngressServer first = stack.server(Map.of("millrace.jobs.heartbeat", "1s"))) {
      SharedStack.Running.awaitReady(new ApiClient(first.uri()));
      Source source = new Source(first.uri(), job);
      queued = Objects.requireNonNull(source.next());
      beat = Objects.requireNonNull(source.next());
      cut = CompletableFuture.supplyAsync(source::rest);
    }
    List<Received> afterStop = cut.get(30, TimeUnit.SECONDS);

    // When
    try (IngressServer second = stack.server(Map.of())) {
      SharedStack.Running.awaitReady(new ApiClient(second.uri()));
      try (Source resumed = new Source(second.uri(), job, "Last-Event-ID", queued.id())) {
        Received hello = Objects.requireNonNull(resumed.next());
        cancel(job);

        // Then
        assertThat(beat.comment()).isEqualTo("alive");
        assertThat(beat.data()).isEmpty();
        assertThat(afterStop).allSatisfy(event -> assertThat(event.comment()).isEqualTo("alive"));
        assertThat(hello.comment()).isEqualTo("alive");
        assertThat(resumed.rest()).extracting(Received::name).containsExactly("cancelled");
      }
    }
  }

  @Test
  void streamsCountAmongThoseWhoWait() throws Exception {
    // Given
    String job = submit("never");
    try (IngressServer small = stack.server(Map.of("millrace.http.max-waiting", 0))) {
      ApiClient crowd = new ApiClient(small.uri());
      SharedStack.Running.awaitReady(crowd);

      // When
      Answer answer = crowd.get("/v1/jobs/" + job + "/events", "Accept", "text/event-stream");

      // Then
      answer.problem(503, "overloaded");
    }
  }

  @Test
  void whatIsNotThereOrNotWantedIsAProblem() throws Exception {
    String events = "/v1/jobs/7fffffff-ffff-7fff-bfff-ffffffffffff/events";
    client.get(events, "Accept", "text/event-stream").problem(404, "unknown-job");
    client.get(events).problem(404, "unknown-job");
    client
        .get("/v1/jobs/" + submit("quick") + "/events", "Accept", "text/html")
        .problem(406, "not-acceptable");
  }
}
