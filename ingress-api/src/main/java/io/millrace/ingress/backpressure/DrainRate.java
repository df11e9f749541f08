package io.millrace.ingress.backpressure;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How fast the job finishes what is queued. Only time in which it had enough to do tells: what it
 * finishes while it waits for work is the rate of the arrivals. So the rate is that of the last
 * seconds with a backlog, and is kept while there is none; it is not known before there was one.
 *
 * <p>Not safe for use by several threads.
 */
public final class DrainRate {

  /** Busy time that the rate is taken of. */
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  /** Less busy time tells nothing. */
  private static final long LEAST_NANOS = Duration.ofSeconds(1).toNanos();

  /** A standstill as long as this is an outage, and says nothing of how fast the job works. */
  private static final long OUTAGE_NANOS = Duration.ofSeconds(5).toNanos();

  private final Deque<Sample> window = new ArrayDeque<>();
  private long windowNanos;
  private long windowFinished;
  private @Nullable QueueReading last;
  private long lastNanos;
  private long idleNanos;

  private record Sample(long nanos, long finished) {}

  /**
   * Takes the next measurement.
   *
   * @param nanos when it was made, from any origin
   */
  public void observe(QueueReading reading, long nanos) {
    QueueReading before = last;
    long took = nanos - lastNanos;
    last = reading;
    lastNanos = nanos;
    // Committed offsets move by jumps, and the two ways to measure differ by what is in the job.
    if (before == null || !before.live() || !reading.live()) {
      idleNanos = 0;
      return;
    }
    long finished = reading.finished() - before.finished();
    boolean busy = finished >= 0 && finished < before.depth();
    if (!busy) {
      idleNanos = 0;
    } else if (finished == 0) {
      idleNanos += took;
    } else if (idleNanos >= OUTAGE_NANOS) {
      idleNanos = 0;
    } else {
      add(new Sample(idleNanos + took, finished));
      idleNanos = 0;
    }
  }

  private void add(Sample sample) {
    window.addLast(sample);
    windowNanos += sample.nanos();
    windowFinished += sample.finished();
    while (windowNanos - window.getFirst().nanos() >= WINDOW_NANOS) {
      Sample oldest = window.removeFirst();
      windowNanos -= oldest.nanos();
      windowFinished -= oldest.finished();
    }
  }

  /** Jobs finished a second while there is a backlog, more than 0; empty while that is unknown. */
  public OptionalDouble perSecond() {
    return windowNanos < LEAST_NANOS
        ? OptionalDouble.empty()
        : OptionalDouble.of(windowFinished * 1e9 / windowNanos);
  }
}
