package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.schemas.avro.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of feedback. Safe for use by several threads. */
public final class FeedbackReader {

  private final ProtocolLimits limits;
  private final JsonBodyReader json;

  public FeedbackReader(ProtocolLimits limits) {
    this.limits = limits;
    this.json = new JsonBodyReader(limits);
  }

  /**
   * The ground truth of a job: either a label or outputs.
   *
   * @param label the right label; null when outputs are given
   * @param outputs the right outputs; none when a label is given
   */
  public record GroundTruth(@Nullable String label, List<Tensor> outputs) {
    public GroundTruth {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * Reads a body.
   *
   * @throws ProblemException {@code MALFORMED_JSON} with line and column when the body is not JSON
   *     within the limits; {@code INVALID_REQUEST} with everything found when it is no feedback
   */
  public GroundTruth read(byte[] body) {
    return json.read(
        body,
        body.length,
        (parser, violations) -> new Reading(body, parser, violations).groundTruth());
  }

  /** One body being read. */
  private final class Reading {

    private final JsonParser parser;
    private final Violations violations;
    private final TensorReader tensors;
    private final Set<String> seen = new HashSet<>();
    private final List<Tensor> outputs = new ArrayList<>();
    private @Nullable String label;

    Reading(byte[] body, JsonParser parser, Violations violations) {
      this.parser = parser;
      this.violations = violations;
      this.tensors = new TensorReader(limits, json, body, 0, parser, violations, null);
    }

    GroundTruth groundTruth() throws IOException {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        Json.refuse(parser, violations, "", "an object");
        return new GroundTruth(null, outputs);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        String child = Json.child("", member);
        parser.nextToken();
        seen.add(member);
        switch (member) {
          case "label" -> label = Json.name(parser, violations, child);
          case "outputs" -> outputs(child);
          default -> {
            violations.add(child, "unknown member, expected label or outputs");
            parser.skipChildren();
          }
        }
      }
      if (seen.contains("label") == seen.contains("outputs")) {
        violations.add("", "expected either label or outputs");
      }
      return new GroundTruth(label, outputs);
    }

    private void outputs(String pointer) throws IOException {
      if (!parser.hasToken(JsonToken.START_ARRAY)) {
        Json.refuse(parser, violations, pointer, "an array of tensors");
        return;
      }
      int index = 0;
      for (; parser.nextToken() != JsonToken.END_ARRAY; index++) {
        if (index >= limits.maxInputs()) {
          parser.skipChildren();
          continue;
        }
        Tensor tensor = tensors.tensor(Json.child(pointer, index));
        if (tensor != null) {
          outputs.add(tensor);
        }
      }
      if (index == 0 || index > limits.maxInputs()) {
        violations.add(
            pointer, "expected 1 to %d tensors, found %d".formatted(limits.maxInputs(), index));
      }
    }
  }
}
