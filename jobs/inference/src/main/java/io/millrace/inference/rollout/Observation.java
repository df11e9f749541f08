package io.millrace.inference.rollout;

import org.jspecify.annotations.Nullable;

/**
 * What one answer tells of a version. Only answers that a version is to be blamed or praised for
 * are observed: not cached or stale ones, cancellations, deadlines, or inputs that were invalid.
 *
 * @param revision of the deployment that routed the request
 * @param version the version that was asked first, also when another one answered in its stead
 * @param jobId joins it with the job's feedback
 * @param failed whether the version gave no answer; a fallback may have
 * @param latencySeconds from the start of the inference step to the answer of this version; null
 *     when it says nothing of the version: a failure, a shared answer, a shadow
 * @param label what a classifier said, to be compared with feedback; null of another model, of
 *     several rows, and of a failure
 * @param agrees of a shadow, whether it said what production said; null otherwise, and when either
 *     failed
 */
public record Observation(
    String model,
    long revision,
    String version,
    Arm arm,
    String jobId,
    boolean failed,
    @Nullable Double latencySeconds,
    @Nullable String label,
    @Nullable Boolean agrees) {}
