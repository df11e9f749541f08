package io.millrace.ingress.v2;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.json.JsonMapper;
import io.millrace.ingress.protocol.BinaryOutputs;
import io.millrace.ingress.protocol.ProtocolRequest;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Tensor;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers inference requests with results. */
@Singleton
final class InferAnswers {

  private final JsonMapper json;

  InferAnswers(JsonMapper json) {
    this.json = json;
  }

  /** The response: JSON, and behind it the outputs that the client wants as raw data. */
  HttpResponse<?> answer(ProtocolRequest request, InferenceResult result) {
    BinaryOutputs binary = request.binaryOutputs();
    List<Tensor> raw =
        result.getOutputs().stream().filter(output -> binary.wanted(output.getName())).toList();
    InferResponse response =
        new InferResponse(
            result.getModel(),
            result.getVersion(),
            request.id(),
            parameters(result),
            result.getOutputs().stream()
                .map(
                    output ->
                        binary.wanted(output.getName())
                            ? InferOutput.behindJson(output)
                            : InferOutput.inJson(output))
                .toList());
    return raw.isEmpty()
        ? HttpResponse.ok(response).contentType(MediaType.APPLICATION_JSON_TYPE)
        : withRaw(response, raw);
  }

  private HttpResponse<?> withRaw(InferResponse response, List<Tensor> raw) {
    byte[] header;
    try {
      header = json.writeValueAsBytes(response);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    int size = raw.stream().mapToInt(output -> output.getData().remaining()).sum();
    ByteBuffer body = ByteBuffer.allocate(header.length + size).put(header);
    raw.forEach(output -> body.put(output.getData().duplicate()));
    return HttpResponse.ok(body.array())
        .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .header(InferHeaders.JSON_LENGTH, Integer.toString(header.length));
  }

  private static Map<String, String> parameters(InferenceResult result) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("job_id", result.getJobId());
    if (result.getOrigin() != null) {
      parameters.put("origin", result.getOrigin().name().toLowerCase(Locale.ROOT));
    }
    return parameters;
  }
}
