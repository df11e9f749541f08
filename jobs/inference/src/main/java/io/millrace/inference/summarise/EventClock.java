package io.millrace.inference.summarise;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Event time of one subtask, as the watermarks say it; and while the sources have nothing, as the
 * wall clock says it: then it goes on from where it stood, so that windows end.
 *
 * <p>It goes on at the pace of the wall clock and does not jump to it. After a pause in the middle
 * of old data, which are read much later than they were written, what follows is late by no more
 * than the pause.
 */
final class EventClock {

  private final long waitMillis;
  private final long idleMillis;

  /** Watermarks that are not time yet. */
  private final Deque<Told> told = new ArrayDeque<>();

  private long time = Long.MIN_VALUE;
  private long newest = Long.MIN_VALUE;
  private boolean idle;
  private long pausedAt;
  private long timeAtPause = Long.MIN_VALUE;

  /**
   * @param waitMillis how long a watermark waits for the samples before it
   * @param idleMillis how long nothing comes before it goes on by itself
   * @param now milliseconds of the wall clock
   */
  EventClock(long waitMillis, long idleMillis, long now) {
    this.waitMillis = waitMillis;
    this.idleMillis = idleMillis;
    pausedAt = now;
  }

  private record Told(long watermark, long at) {}

  /** Everything up to this time is there; {@code Long.MIN_VALUE} when that is of none. */
  long time() {
    return time;
  }

  /**
   * Takes over what an earlier run had.
   *
   * @param latest time of a sample that it saw
   */
  void restore(long restored, long latest) {
    time = Math.max(time, restored);
    newest = Math.max(newest, latest);
    pause(pausedAt);
  }

  /** A sample came. */
  void saw(long timestamp, long now) {
    newest = Math.max(newest, timestamp);
    pause(now);
  }

  /** Becomes the time when its wait is over. */
  void watermark(long watermark, long now) {
    told.add(new Told(watermark, now));
    newest = Math.max(newest, watermark);
    pause(now);
  }

  /** Nothing comes any more. */
  void end() {
    time = Long.MAX_VALUE;
  }

  /** Whether the sources have nothing to say. */
  void idle(boolean nothing, long now) {
    idle = nothing;
    pause(now);
  }

  /** Goes on with the watermarks whose wait is over, and by itself if that is due. */
  void tick(long now) {
    while (!told.isEmpty() && now - told.getFirst().at() >= waitMillis) {
      time = Math.max(time, told.removeFirst().watermark());
    }
    long paused = now - pausedAt;
    if (idle && paused >= idleMillis && timeAtPause != Long.MIN_VALUE) {
      time = Math.max(time, timeAtPause + paused);
    }
  }

  private void pause(long now) {
    pausedAt = now;
    timeAtPause = Math.max(time, newest);
  }
}
