package io.millrace.statistics.window;

/** Whose convention a score follows. */
public enum DriftConvention {
  NANNYML,
  EVIDENTLY,
  MILLRACE
}
