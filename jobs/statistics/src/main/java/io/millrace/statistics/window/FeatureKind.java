package io.millrace.statistics.window;

/** What a feature is. */
public enum FeatureKind {
  NUMERIC,
  CATEGORICAL,
  EMBEDDING
}
