package io.millrace.statistics.window;

/**
 * How right the answers of a window were. Answers and labels come in any order, and a label may be
 * counted in another part of the window than its answer: the parts merge. Not safe for use by
 * several threads.
 */
public final class QualitySummary {

  public QualitySummary() {}

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when the bytes are of an unknown format or damaged
   */
  public static QualitySummary of(byte[] bytes) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return new QualitySummary();
  }

  /**
   * Counts an answer with a label.
   *
   * @param confidence 0 to 1
   * @param calibrated the probability that it is right, 0 to 1; NaN when it is not known
   */
  public void answered(String label, double confidence, double calibrated) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * Counts an answer whose right label came. The answer itself is {@link #answered} as well, here
   * or in another part.
   *
   * @param confidence 0 to 1
   * @param delaySeconds from the answer to its label
   */
  public void labelled(String predicted, double confidence, String truth, double delaySeconds) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
  }

  /** Adds what another one counted; that one stays as it is. */
  public void merge(QualitySummary other) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
  }

  public long answered() {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return 0;
  }

  public long labelled() {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return 0;
  }

  /** In format version 1, which later versions of the code read. */
  public byte[] toBytes() {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return new byte[0];
  }
}
