package io.millrace.ingress.jobs;

import io.millrace.ingress.protocol.TensorView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of feedback, as the API's description shows it; it is read as a stream. */
@Schema(
    name = "Feedback",
    description = "The ground truth for the answer of a job: either label or outputs.",
    example = "{\"label\": \"delivery\"}")
record FeedbackRequest(
    @Schema(
            nullable = true,
            minLength = 1,
            maxLength = 256,
            description = "The right label; one of the version's labels, where they are known.",
            example = "delivery")
        @Nullable String label,
    @Schema(nullable = true, description = "The right outputs.")
        @Nullable List<TensorView> outputs) {}
