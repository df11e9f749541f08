package io.millrace.ingress.openai;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A request for embeddings.
 *
 * @param input the texts, at least one
 * @param encoding how the vectors shall be written
 * @param dimensions how many components the client wants; empty for as many as there are
 * @param user who asks; requests of one user get the same version; null when it is not said
 */
record EmbeddingsRequest(
    List<String> input,
    String model,
    Encoding encoding,
    OptionalInt dimensions,
    @Nullable String user) {

  EmbeddingsRequest {
    input = List.copyOf(input);
  }

  /** How a vector is written. */
  enum Encoding {
    /** An array of numbers. */
    FLOAT,
    /** Little-endian 32-bit floats in base64. */
    BASE64
  }
}
