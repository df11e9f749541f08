package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.problem.Violation;
import io.millrace.ingress.protocol.Batch.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the requests in the body of a batch, without reading them: one pass over the tokens of a
 * JSON array, or over the lines of NDJSON. Safe for use by several threads.
 */
public final class BatchReader {

  private final InferenceRequestReader reader;
  private final int maxItemBytes;
  private final int maxItems;
  private final JsonFactory json;

  /**
   * @param reader reads the items
   * @param limits those of an item
   * @param maxItems the most items of a batch
   * @param maxBytes the largest body
   */
  public BatchReader(
      InferenceRequestReader reader, ProtocolLimits limits, int maxItems, int maxBytes) {
    this.reader = reader;
    this.maxItemBytes = limits.maxBytes();
    this.maxItems = maxItems;
    // Wider than for an item, so that what is wrong with one does not refuse the others.
    this.json =
        new JsonFactoryBuilder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxDocumentLength(maxBytes)
                    .maxStringLength(maxBytes)
                    .maxNameLength(maxBytes)
                    .build())
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
  }

  /**
   * The items of a JSON array.
   *
   * @throws ProblemException {@code MALFORMED_JSON} when the body is not JSON to its end: where an
   *     array is broken, nobody knows where its next item begins; {@code INVALID_REQUEST} when it
   *     is no array or an empty one; {@code TOO_LARGE} when it has too many items
   */
  public Batch array(byte[] body) {
    List<Section> items = new ArrayList<>();
    try (JsonParser parser = json.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_ARRAY) {
        throw first == null ? empty() : noArray();
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        if (parser.currentToken().isStructStart()) {
          parser.skipChildren();
        } else {
          parser.finishToken();
        }
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        add(items, start, end);
      }
      if (parser.nextToken() != null) {
        throw new ProblemException(
            ProblemType.MALFORMED_JSON, "The body goes on after its JSON array.");
      }
    } catch (StreamConstraintsException e) {
      throw new ProblemException(
          ProblemType.MALFORMED_JSON,
          "The body nests deeper than %d levels."
              .formatted(StreamReadConstraints.DEFAULT_MAX_DEPTH));
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          ProblemType.MALFORMED_JSON,
          "Line %d, column %d: %s; nothing of the batch was accepted."
              .formatted(
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
    return batch(body, items);
  }

  /**
   * The items of NDJSON, one a line; lines that are empty or blank are passed over.
   *
   * @throws ProblemException {@code INVALID_REQUEST} when there is none; {@code TOO_LARGE} when
   *     there are too many
   */
  public Batch lines(byte[] body) {
    List<Section> items = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        if (!isBlank(body, start, i)) {
          add(items, start, i);
        }
        start = i + 1;
      }
    }
    return batch(body, items);
  }

  private static boolean isBlank(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void add(List<Section> items, int start, int end) {
    if (items.size() >= maxItems) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "The batch has too many items; it may have at most %d.".formatted(maxItems));
    }
    items.add(new Section(start, end - start));
  }

  private Batch batch(byte[] body, List<Section> items) {
    if (items.isEmpty()) {
      throw ProblemException.invalid(
          List.of(new Violation("", "expected at least one request, found none")));
    }
    return new Batch(reader, maxItemBytes, body, items);
  }

  private static ProblemException empty() {
    return new ProblemException(
        ProblemType.MALFORMED_JSON, "The body is empty, expected a JSON array of requests.");
  }

  private static ProblemException noArray() {
    return ProblemException.invalid(
        List.of(
            new Violation(
                "", "expected an array of requests, or requests as application/x-ndjson")));
  }
}
