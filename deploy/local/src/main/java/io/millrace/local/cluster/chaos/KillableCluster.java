package io.millrace.local.cluster.chaos;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A cluster whose parts can be killed, and come back by themselves. */
public interface KillableCluster {

  /**
   * A part that was killed.
   *
   * @param name for people
   * @param api the replica's address; null for what is no replica
   */
  record Killed(String name, @Nullable URI api) {}

  /**
   * Ends a part with SIGKILL; returns at once.
   *
   * @param choice which of several equal parts: any number
   */
  Killed kill(Victim victim, int choice) throws Exception;
}
