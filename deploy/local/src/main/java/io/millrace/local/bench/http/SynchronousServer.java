package io.millrace.local.bench.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.models.InvalidInputException;
import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.PredictionException;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.models.onnx.OnnxRuntimeEngine;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelPackage;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What teams write first: an HTTP server around the model that answers each request by a call of
 * its own, on one thread a processor. What waits for a thread waits in a queue without a bound. The
 * model is loaded as the job loads it, without the features that only the job takes.
 */
final class SynchronousServer implements AutoCloseable {

  private static final int BACKLOG = 1_024;
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  static {
    // Without it each small answer waits 40 ms for the acknowledgement of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
  }

  private final Model<?> model;
  private final String input;
  private final HttpServer server;
  private final ExecutorService threads;

  private SynchronousServer(Model<?> model, String input, HttpServer server, ExecutorService pool) {
    this.model = model;
    this.input = input;
    this.server = server;
    this.threads = pool;
  }

  static SynchronousServer start(InstalledModel installed) throws ModelLoadException, IOException {
    ModelPackage found = new LocalModelRepository(installed.repository()).open(installed.version());
    Model<?> model =
        new OnnxRuntimeEngine()
            .load(new ModelPackage(found.directory(), found.manifest().withFeatures(List.of())));
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    SynchronousServer server =
        new SynchronousServer(model, found.manifest().inputs().get(0).name(), http, threads);
    http.setExecutor(threads);
    http.createContext("/infer", server::answer);
    http.start();
    return server;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/infer");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      byte[] body = JSON.writeValueAsBytes(outputs(model, request.at("/inputs/0/data/0").asText()));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private <I extends PreparedItem> Map<String, Object> outputs(Model<I> typed, String text)
      throws IOException {
    try {
      I item = typed.prepare(List.of(Tensors.ofStrings(input, List.of(text))));
      Map<String, Object> outputs = new LinkedHashMap<>();
      for (Tensor output : typed.predict(List.of(item), new StopSignal()).get(0)) {
        outputs.put(
            output.getName(),
            output.getDatatype() == Datatype.BYTES
                ? Tensors.strings(output)
                : Tensors.floats(output));
      }
      return outputs;
    } catch (InvalidInputException | PredictionException | InvalidTensorException e) {
      throw new IOException("The model did not answer: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    model.close();
  }
}
