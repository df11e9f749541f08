package io.millrace.local.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetDeploymentCommandTest {

  private static final String DEPLOYMENT =
      """
      {"model": "support-desk", "revision": 3, "version": "1.0.0", "candidate": null,
       "fallback_version": "0.9.0", "cache_ttl_seconds": 60, "stale_ttl_seconds": 0,
       "batching": null, "call_timeout_ms": null, "price_per_hour": null, "rollout": null,
       "traffic": {"version": "1.0.0", "candidate": null, "weight": 0, "shadow_share": 0},
       "updated_by": "anonymous", "updated_at": "2026-01-01T00:00:00Z"}
      """;

  @TempDir private Path directory;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final AtomicReference<String> ifMatch = new AtomicReference<>("");
  private final AtomicReference<String> put = new AtomicReference<>("");
  private HttpServer api;

  @BeforeEach
  void start() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext("/v1/models/support-desk/deployment", this::answer);
    api.start();
  }

  @AfterEach
  void stop() {
    api.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      ifMatch.set(exchange.getRequestHeaders().getFirst("If-Match"));
      put.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
    byte[] body = DEPLOYMENT.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("ETag", "\"3\"");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void onlyWhatIsNamedIsChangedAndTheRevisionThatWasReadIsMeant() throws Exception {
    int exit =
        run(
            "set",
            "support-desk",
            "--version",
            "1.1.0",
            "--fallback",
            "none",
            "--candidate",
            "1.2.0",
            "--weight",
            "0.1",
            "--call-timeout",
            "PT2.5S");

    assertThat(exit).isZero();
    assertThat(ifMatch.get()).isEqualTo("\"3\"");
    JsonNode body = JsonMapper.builder().build().readTree(put.get());
    assertThat(body)
        .isEqualTo(
            JsonMapper.builder()
                .build()
                .readTree(
                    """
                    {"version": "1.1.0",
                     "candidate": {"version": "1.2.0", "weight": 0.1, "shadow_share": 0.0},
                     "fallback_version": null, "cache_ttl_seconds": 60, "stale_ttl_seconds": 0,
                     "batching": null, "call_timeout_ms": 2500, "price_per_hour": null}
                    """));
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("fallback_version");
  }

  private int run(String... arguments) {
    Terminal terminal =
        new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), 0, false);
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--api";
    all[arguments.length + 1] = "http://localhost:" + api.getAddress().getPort();
    all[arguments.length + 2] = "--data-dir";
    all[arguments.length + 3] = directory.toString();
    return DeploymentsCommand.commandLine(terminal).execute(all);
  }
}
