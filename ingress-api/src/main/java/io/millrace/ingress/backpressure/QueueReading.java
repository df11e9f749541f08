package io.millrace.ingress.backpressure;

/**
 * A measurement of the queue, in records of the requests' topic since its beginning.
 *
 * @param accepted records in the log
 * @param finished those that the job is done with; less than before when it went back to a
 *     checkpoint
 * @param live whether the job itself says so; else its committed offsets do, which jump from
 *     checkpoint to checkpoint and do not tell what it has read and not finished
 */
public record QueueReading(long accepted, long finished, boolean live) {

  /** Jobs that wait or run. */
  public long depth() {
    return Math.max(0, accepted - finished);
  }
}
