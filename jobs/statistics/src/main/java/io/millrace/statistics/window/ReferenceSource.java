package io.millrace.statistics.window;

/** The package's reference profile, or earlier windows of the same version. */
public enum ReferenceSource {
  PACKAGE,
  TRAILING
}
