package io.millrace.ingress.backpressure;

/**
 * What is known of the queue now.
 *
 * @param depth jobs that are accepted and not finished
 * @param drainRate jobs finished a second, above 0; NaN while it is not known
 */
record QueueEstimate(long depth, double drainRate) {

  /** How long a job that comes now waits; NaN while that is not known. */
  double waitSeconds() {
    return depth == 0 ? 0 : depth / drainRate;
  }
}
