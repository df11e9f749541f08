package io.millrace.ingress.backpressure;

import java.time.Duration;

/**
 * When the queue is full, and when no longer.
 *
 * @param maxDepth jobs, at least 1
 * @param maxWait more than 0
 * @param reopen the part of both below which it is open again, above 0 and up to 1
 */
record QueueLimits(long maxDepth, Duration maxWait, double reopen) {

  boolean full(QueueEstimate queue) {
    return queue.depth() >= maxDepth || queue.waitSeconds() > seconds(maxWait);
  }

  boolean openAgain(QueueEstimate queue) {
    return queue.depth() < reopen * maxDepth && !(queue.waitSeconds() >= reopen * seconds(maxWait));
  }

  /** How long until the queue is open again if nothing comes; NaN while that is not known. */
  double secondsToReopen(QueueEstimate queue) {
    double tooMany = queue.depth() - reopen * maxDepth;
    double byDepth = Math.max(0, tooMany) / queue.drainRate();
    double byWait = Math.max(0, queue.waitSeconds() - reopen * seconds(maxWait));
    return Math.max(byDepth, byWait);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
