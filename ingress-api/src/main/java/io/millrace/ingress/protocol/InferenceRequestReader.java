package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an inference request. The members {@code parameters} of a tensor and of an
 * output are allowed, as the protocol says, and mean nothing here; so does {@code id}, since a job
 * has an id of its own. Safe for use by several threads.
 */
public final class InferenceRequestReader {

  private final ProtocolLimits limits;
  private final Clock clock;
  private final JsonFactory json;

  /**
   * @param clock says which deadlines are past
   */
  public InferenceRequestReader(ProtocolLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.json = limits.jsonFactory();
  }

  /**
   * Reads a body.
   *
   * @throws ProblemException {@code MALFORMED_JSON} with line and column when the body is not JSON
   *     within the limits; {@code INVALID_REQUEST} with everything found when it is no request
   */
  public InferenceRequest read(byte[] body) {
    Violations violations = new Violations();
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() == null) {
        throw new ProblemException(
            ProblemType.MALFORMED_JSON, "The body is empty, expected a JSON object.");
      }
      InferenceRequest request = new Reading(body, parser, violations).request();
      if (parser.nextToken() != null) {
        throw malformed("the body goes on after its JSON object", parser.currentTokenLocation());
      }
      violations.throwIfAny();
      return request;
    } catch (StreamConstraintsException e) {
      // Names no place, and its message names the library's own settings.
      throw new ProblemException(
          ProblemType.MALFORMED_JSON,
          "The body nests too deep, or holds a name or a number that is too long.");
    } catch (JsonProcessingException e) {
      throw malformed(e.getOriginalMessage(), e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  private static ProblemException malformed(String what, JsonLocation where) {
    return new ProblemException(
        ProblemType.MALFORMED_JSON,
        "Line %d, column %d: %s.".formatted(where.getLineNr(), where.getColumnNr(), what));
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
    private boolean hasInputs;

    Reading(byte[] body, JsonParser parser, Violations violations) {
      this.parser = parser;
      this.violations = violations;
      this.tensors = new TensorReader(json, body, parser, violations);
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

    private InferenceRequest request(List<Tensor> tensors) {
      return new InferenceRequest(
          tensors, parameters, outputs, priority, deadline, allowStale, null, null);
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
        case "id" -> Json.name(parser, violations, pointer);
        case "priority" -> priority = scheduling.priority(pointer);
        case "deadline" -> deadline = scheduling.deadline(pointer);
        case "allow_stale" -> allowStale = scheduling.allowStale(pointer);
        default -> {
          violations.add(
              pointer,
              "unknown member, expected id, inputs, parameters, outputs, priority, deadline or"
                  + " allow_stale");
          parser.skipChildren();
        }
      }
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
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        String child = Json.child(pointer, member);
        parser.nextToken();
        switch (member) {
          case "name" -> {
            hasName = true;
            String name = Json.name(parser, violations, child);
            if (name != null) {
              outputs.add(name);
            }
          }
          case "parameters" -> new ParametersReader(parser, violations).ignored(child);
          default -> {
            violations.add(child, "unknown member, expected name");
            parser.skipChildren();
          }
        }
      }
      if (!hasName) {
        violations.add(pointer + "/name", "expected the name of an output, found nothing");
      }
    }
  }
}
