package io.millrace.inference.rollout;

/**
 * Whether a version gave the label that turned out to be the right one.
 *
 * @param revision of the deployment that routed the request
 */
public record LabelledOutcome(
    String model, long revision, String version, Arm arm, boolean right) {}
