package io.millrace.statistics.distance;

/** The base of the logarithm that a distance is measured in. */
public enum LogBase {
  /** Bits: a Jensen-Shannon distance of 1 at most. */
  TWO(Math.log(2)),
  /** Nats: a Jensen-Shannon distance of sqrt(ln 2) = 0.8326 at most. */
  NATURAL(1);

  private final double logOfBase;

  LogBase(double logOfBase) {
    this.logOfBase = logOfBase;
  }

  /** What was computed with natural logarithms, in this base. */
  double fromNats(double nats) {
    return nats / logOfBase;
  }
}
