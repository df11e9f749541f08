package io.millrace.ingress.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Embeddings in the order of the texts. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "Embeddings in the order of the texts.")
record EmbeddingsResponse(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "list") String object,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Embedding> data,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "all-minilm-l6-v2") String model,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Usage usage) {

  EmbeddingsResponse {
    data = List.copyOf(data);
  }

  static EmbeddingsResponse of(List<Embedding> data, String model, int tokens) {
    return new EmbeddingsResponse("list", data, model, new Usage(tokens, tokens));
  }

  /**
   * The embedding of one text.
   *
   * @param index of the text
   * @param embedding a list of numbers or a text, as the client wanted it
   */
  @Serdeable.Serializable
  @Schema(description = "The embedding of one text.")
  record Embedding(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "embedding") String object,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "0") int index,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              ref = "#/components/schemas/EmbeddingVector")
          Object embedding) {

    static Embedding of(int index, Object embedding) {
      return new Embedding("embedding", index, embedding);
    }
  }

  /** The tokens that were computed for the answer. */
  @Serdeable.Serializable
  @Schema(
      description =
          "The tokens that the model computed for this answer; texts that were answered from the"
              + " cache count as 0.")
  record Usage(
      @JsonProperty("prompt_tokens")
          @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "8")
          int promptTokens,
      @JsonProperty("total_tokens")
          @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "8")
          int totalTokens) {}
}
