package io.millrace.inference.rollout;

/** On whose behalf a version answered. */
public enum Arm {
  /** The version in production, to the client. */
  PRODUCTION,
  /** The candidate, to the client. */
  CANDIDATE,
  /** The candidate, to nobody: it is compared with what production said to the same content. */
  SHADOW
}
