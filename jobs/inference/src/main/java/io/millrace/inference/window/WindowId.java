package io.millrace.inference.window;

/**
 * One window of one segment. Lies in state: {@code docs/state-evolution.md}.
 *
 * @param segment {@code all} or {@code <dimension>=<value>}
 * @param start milliseconds since the epoch
 * @param end exclusive
 */
public record WindowId(String segment, long start, long end) {

  /** The one of a length that a time is in; windows begin at whole multiples of their length. */
  static WindowId of(String segment, long time, long length) {
    long start = Math.floorDiv(time, length) * length;
    return new WindowId(segment, start, start + length);
  }

  long length() {
    return end - start;
  }

  /** The last time in it, and the watermark with which it is over. */
  long last() {
    return end - 1;
  }
}
