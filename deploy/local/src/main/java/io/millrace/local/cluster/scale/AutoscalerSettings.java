package io.millrace.local.cluster.scale;

import java.time.Duration;

/**
 * When the job is rescaled, and how far.
 *
 * @param min subtasks at least
 * @param max subtasks at most: the slots that the job may take
 * @param toleratedWait jobs that wait no longer than this are no reason to scale up
 * @param catchUp in which a backlog is to be worked off
 * @param utilisation the share of its capacity that the job is to use; the rest is for fluctuations
 * @param upStabilisation how long more must be wanted before it scales up; the least that was
 *     wanted in this time counts
 * @param downStabilisation how long less must be wanted before it scales down; the most that was
 *     wanted in this time counts
 * @param coolDown the least time between two rescalings: a job that was just started again tells
 *     little of its capacity
 */
public record AutoscalerSettings(
    int min,
    int max,
    Duration toleratedWait,
    Duration catchUp,
    double utilisation,
    Duration upStabilisation,
    Duration downStabilisation,
    Duration coolDown) {

  public AutoscalerSettings {
    if (min < 1 || max < min) {
      throw new IllegalArgumentException(
          "Expected 1 <= min <= max subtasks, found %d and %d".formatted(min, max));
    }
    if (utilisation <= 0 || utilisation > 1) {
      throw new IllegalArgumentException(
          "Expected a utilisation above 0 up to 1, found " + utilisation);
    }
  }

  /** Settings for a machine on which people wait for what they see. */
  public static AutoscalerSettings between(int min, int max) {
    return new AutoscalerSettings(
        min,
        max,
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        0.8,
        Duration.ofSeconds(6),
        Duration.ofSeconds(60),
        Duration.ofSeconds(20));
  }
}
