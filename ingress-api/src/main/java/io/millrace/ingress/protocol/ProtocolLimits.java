package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/**
 * What a body may hold.
 *
 * @param maxBytes bytes of the body, and so of any text in it
 * @param maxInputs input tensors
 * @param maxElements elements of a tensor
 * @param maxTextBytes bytes of an element of BYTES
 * @param httpWebhooks whether the URL of a webhook may be plain {@code http}
 */
public record ProtocolLimits(
    int maxBytes, int maxInputs, int maxElements, int maxTextBytes, boolean httpWebhooks) {

  /** Dimensions of a tensor. */
  static final int MAX_RANK = 16;

  /** Entries of {@code parameters}, and of {@code outputs}. */
  static final int MAX_ENTRIES = 64;

  /** Characters of the name of a tensor or a parameter, and of a label. */
  static final int MAX_NAME = 256;

  /** Characters of an affinity. */
  static final int MAX_AFFINITY = 200;

  /** The deepest tensor, in {@code inputs}, in the request, and some room to say what is wrong. */
  static final int MAX_DEPTH = 2 * MAX_RANK;

  JsonFactory jsonFactory() {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxDocumentLength(maxBytes)
            .maxStringLength(maxBytes)
            .maxNestingDepth(MAX_DEPTH)
            .maxNameLength(MAX_NAME)
            .build();
    return new JsonFactoryBuilder()
        .streamReadConstraints(constraints)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        // RFC 8259 knows UTF-8 alone.
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        // Names come from outside: none is kept for ever.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }
}
