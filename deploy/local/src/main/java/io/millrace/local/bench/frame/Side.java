package io.millrace.local.bench.frame;

/**
 * One of the things that a scenario holds against each other.
 *
 * @param name in snake case
 */
public record Side(String name, Measurement measurement) {

  /** Measures once. */
  public interface Measurement {
    Figures run() throws Exception;
  }
}
