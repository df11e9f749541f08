package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import io.millrace.schemas.avro.Webhook;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an inference request: of the native API, where the members {@code parameters}
 * of a tensor and of an output and {@code id} are allowed, as the protocol says, and mean nothing,
 * since a job has an id of its own; or of the protocol itself, with its extension for binary data.
 * Safe for use by several threads.
 */
public final class InferenceRequestReader {

  /** The parameter by which a client wants an output, or all of them, as raw data. */
  private static final String BINARY_OUTPUTS = "binary_data_output";

  private static final String BINARY_OUTPUT = "binary_data";

  private final ProtocolLimits limits;
  private final Clock clock;
  private final JsonBodyReader json;

  /**
   * @param clock says which deadlines are past
   */
  public InferenceRequestReader(ProtocolLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.json = new JsonBodyReader(limits);
  }

  /**
   * Reads a body of the native API.
   *
   * @throws ProblemException {@code MALFORMED_JSON} with line and column when the body is not JSON
   *     within the limits; {@code INVALID_REQUEST} with everything found when it is no request
   */
  public InferenceRequest read(byte[] body) {
    return read(body, 0, body.length);
  }

  /** Reads a part of a body; lines, columns and pointers are those of the part. */
  InferenceRequest read(byte[] body, int offset, int length) {
    return json.read(
        body,
        offset,
        length,
        (parser, violations) -> new Reading(body, offset, parser, violations, null).request());
  }

  /**
   * Reads a body of the Open Inference Protocol: JSON, and behind it the raw data of the inputs
   * that have a {@code binary_data_size}.
   *
   * @param jsonLength bytes of the JSON, at most those of the body
   * @throws ProblemException as for {@link #read}
   */
  public ProtocolRequest readProtocol(byte[] body, int jsonLength) {
    return json.read(
        body,
        jsonLength,
        (parser, violations) ->
            new Reading(body, 0, parser, violations, new BinarySection(body, jsonLength))
                .protocol());
  }

  /** One body being read. */
  private final class Reading {

    private final JsonParser parser;
    private final Violations violations;
    private final TensorReader tensors;
    private final SchedulingReader scheduling;
    private final List<Tensor> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private Map<String, Object> parameters = Map.of();
    private Priority priority = Priority.NORMAL;
    private @Nullable Instant deadline;
    private boolean allowStale;
    private @Nullable String affinity;
    private @Nullable Webhook webhook;
    private boolean hasInputs;
    private final @Nullable BinarySection binary;
    private final Map<String, Boolean> binaryOutputs = new HashMap<>();
    private @Nullable String id;

    /**
     * @param offset where the parser began in the body
     * @param binary the raw data; null where there can be none
     */
    Reading(
        byte[] body,
        int offset,
        JsonParser parser,
        Violations violations,
        @Nullable BinarySection binary) {
      this.parser = parser;
      this.violations = violations;
      this.binary = binary;
      this.tensors = new TensorReader(limits, json, body, offset, parser, violations, binary);
      this.scheduling = new SchedulingReader(parser, violations, clock);
    }

    InferenceRequest request() throws IOException {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        Json.refuse(parser, violations, "", "an object");
        return request(List.of());
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        parser.nextToken();
        member(member, Json.child("", member));
      }
      if (!hasInputs) {
        violations.add("/inputs", "expected an array of at least one tensor, found nothing");
      }
      return request(inputs);
    }

    ProtocolRequest protocol() throws IOException {
      InferenceRequest request = request();
      if (binary != null && binary.left() > 0) {
        violations.add(
            "",
            "expected as much binary data as the inputs' binary_data_size say, found %d bytes more"
                .formatted(binary.left()));
      }
      // Not the model's: it would make a request of its own of each form of the answer.
      Map<String, Object> ofTheModel = new HashMap<>(request.parameters());
      boolean all = isTrue(ofTheModel.remove(BINARY_OUTPUTS), "/parameters/" + BINARY_OUTPUTS);
      return new ProtocolRequest(
          request.withParameters(ofTheModel), id, new BinaryOutputs(all, binaryOutputs));
    }

    private boolean isTrue(@Nullable Object parameter, String pointer) {
      if (parameter != null && !(parameter instanceof Boolean)) {
        violations.add(pointer, "expected true or false");
      }
      return Boolean.TRUE.equals(parameter);
    }

    private InferenceRequest request(List<Tensor> tensors) {
      return new InferenceRequest(
          tensors, parameters, outputs, priority, deadline, allowStale, affinity, webhook);
    }

    private void member(String member, String pointer) throws IOException {
      switch (member) {
        case "inputs" -> {
          hasInputs = true;
          inputs(pointer);
        }
        case "parameters" ->
            parameters = new ParametersReader(parser, violations).parameters(pointer);
        case "outputs" -> outputs(pointer);
        case "id" -> id = Json.name(parser, violations, pointer);
        case "priority" -> priority = scheduling.priority(pointer);
        case "deadline" -> deadline = scheduling.deadline(pointer);
        case "allow_stale" -> allowStale = scheduling.allowStale(pointer);
        case "affinity" -> affinity = scheduling.affinity(pointer);
        case "webhook" ->
            webhook = new WebhookReader(parser, violations, limits.httpWebhooks()).webhook(pointer);
        default -> other(member, pointer);
      }
    }

    private void other(String member, String pointer) throws IOException {
      // Clients repeat in the body what the path says.
      boolean inThePath = member.equals("model_name") || member.equals("model_version");
      if (binary == null || !inThePath) {
        violations.add(
            pointer,
            "unknown member, expected id, inputs, parameters, outputs, priority, deadline,"
                + " allow_stale, affinity or webhook");
      }
      parser.skipChildren();
    }

    private void inputs(String pointer) throws IOException {
      if (!parser.hasToken(JsonToken.START_ARRAY)) {
        Json.refuse(parser, violations, pointer, "an array of tensors");
        return;
      }
      Set<String> names = new HashSet<>();
      int index = 0;
      for (; parser.nextToken() != JsonToken.END_ARRAY; index++) {
        if (index >= limits.maxInputs()) {
          parser.skipChildren();
          continue;
        }
        String item = Json.child(pointer, index);
        Tensor tensor = tensors.tensor(item);
        if (tensor != null) {
          inputs.add(tensor);
          if (!names.add(tensor.getName())) {
            violations.add(item + "/name", "expected a name that no other input has");
          }
        }
      }
      if (index == 0 || index > limits.maxInputs()) {
        violations.add(
            pointer, "expected 1 to %d tensors, found %d".formatted(limits.maxInputs(), index));
      }
    }

    private void outputs(String pointer) throws IOException {
      if (!parser.hasToken(JsonToken.START_ARRAY)) {
        Json.refuse(parser, violations, pointer, "an array of objects with a name");
        return;
      }
      int index = 0;
      for (; parser.nextToken() != JsonToken.END_ARRAY; index++) {
        if (index < ProtocolLimits.MAX_ENTRIES) {
          output(Json.child(pointer, index));
        } else {
          parser.skipChildren();
        }
      }
      if (index > ProtocolLimits.MAX_ENTRIES) {
        violations.add(
            pointer,
            "expected at most %d outputs, found %d".formatted(ProtocolLimits.MAX_ENTRIES, index));
      }
    }

    private void output(String pointer) throws IOException {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        Json.refuse(parser, violations, pointer, "an object with a name");
        return;
      }
      boolean hasName = false;
      String wanted = null;
      Object asRaw = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        String child = Json.child(pointer, member);
        parser.nextToken();
        switch (member) {
          case "name" -> {
            hasName = true;
            wanted = Json.name(parser, violations, child);
          }
          case "parameters" ->
              asRaw = new ParametersReader(parser, violations).parameters(child).get(BINARY_OUTPUT);
          default -> {
            violations.add(child, "unknown member, expected name");
            parser.skipChildren();
          }
        }
      }
      if (!hasName) {
        violations.add(pointer + "/name", "expected the name of an output, found nothing");
      }
      boolean raw = isTrue(asRaw, pointer + "/parameters/" + BINARY_OUTPUT);
      if (wanted != null) {
        outputs.add(wanted);
        if (asRaw != null) {
          binaryOutputs.put(wanted, raw);
        }
      }
    }
  }
}
