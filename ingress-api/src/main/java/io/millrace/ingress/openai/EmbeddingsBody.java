package io.millrace.ingress.openai;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of a request, as the API's description shows it; it is read as a stream. */
@Schema(
    name = "EmbeddingsRequest",
    description = "A request for the embeddings of texts.",
    example =
        """
        {"model": "all-minilm-l6-v2", "input": ["where is my parcel?", "I want a refund"]}""")
record EmbeddingsBody(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            ref = "#/components/schemas/EmbeddingsInput")
        Object input,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "A deployed model that makes embeddings.",
            example = "all-minilm-l6-v2")
        String model,
    @Schema(
            name = "encoding_format",
            nullable = true,
            type = "string",
            allowableValues = {"float", "base64"},
            defaultValue = "float",
            description = "base64 holds little-endian 32-bit floats.")
        @Nullable String encodingFormat,
    @Schema(
            nullable = true,
            description = "Only the length that the model's vectors have.",
            example = "384")
        @Nullable Integer dimensions,
    @Schema(
            nullable = true,
            description = "Who asks; requests of one user get the same version of the model.",
            example = "user-1234")
        @Nullable String user) {}
