package io.millrace.statistics.window;

/**
 * Whether a feature drifted; INSUFFICIENT below the least number of observations, or without a
 * reference.
 */
public enum DriftVerdict {
  INSUFFICIENT,
  STABLE,
  DRIFT
}
