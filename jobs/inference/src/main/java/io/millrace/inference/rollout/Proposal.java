package io.millrace.inference.rollout;

import io.millrace.schemas.avro.RolloutDecision;

/**
 * A decision that was written and not read back yet.
 *
 * @param writtenMillis when it was written last
 */
public record Proposal(RolloutDecision decision, long writtenMillis) {}
