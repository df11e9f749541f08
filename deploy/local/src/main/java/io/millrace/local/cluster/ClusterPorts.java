package io.millrace.local.cluster;

import io.millrace.local.stack.Ports;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Free ports below those that the system gives to outgoing connections (32768 on Linux). Of those a
 * client that tries to reach a server that is away could be given the server's own: it then talks
 * to itself, and the server finds its port taken when it comes back.
 */
final class ClusterPorts {

  private static final int LOWEST = 21_000;
  private static final int HIGHEST = 31_999;

  private final IntPredicate free;
  private final Set<Integer> given = new HashSet<>();
  private int next;

  /**
   * Ports from a number on.
   *
   * @param seed clusters with different ones start at different ports
   */
  ClusterPorts(int seed, IntPredicate free) {
    this.free = free;
    next = LOWEST + Math.floorMod(seed, HIGHEST - LOWEST + 1);
  }

  static ClusterPorts of(int seed) {
    return new ClusterPorts(seed, Ports::isFree);
  }

  /** The one that is wanted, or any free one when that is 0. */
  int take(int wanted) {
    if (wanted != 0) {
      given.add(wanted);
      return wanted;
    }
    for (int tried = LOWEST; tried <= HIGHEST; tried++) {
      int port = next;
      next = port == HIGHEST ? LOWEST : port + 1;
      if (free.test(port) && given.add(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No port from " + LOWEST + " to " + HIGHEST + " is free");
  }

  int any() {
    return take(0);
  }
}
