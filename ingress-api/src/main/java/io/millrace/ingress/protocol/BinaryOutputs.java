package io.millrace.ingress.protocol;

import java.util.Map;

/**
 * Which outputs a client wants as raw data.
 *
 * @param unlessSaid for those that the request does not speak of
 * @param byName what it says of single ones
 */
public record BinaryOutputs(boolean unlessSaid, Map<String, Boolean> byName) {

  public BinaryOutputs {
    byName = Map.copyOf(byName);
  }

  /** Whether an output is wanted as raw data. */
  public boolean wanted(String output) {
    return byName.getOrDefault(output, unlessSaid);
  }
}
