package io.millrace.ingress.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A request of the Open Inference Protocol as it came.
 *
 * @param id what the client calls it; null when it does not say
 * @param binaryOutputs which outputs are wanted as raw data
 */
public record ProtocolRequest(
    InferenceRequest request, @Nullable String id, BinaryOutputs binaryOutputs) {}
