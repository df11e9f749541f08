package io.millrace.statistics.window;

import io.millrace.statistics.profile.ReferenceProfile;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a window looked like, feature by feature. Summaries of parts of a window merge
 * into that of the whole, in any order. Not safe for use by several threads.
 */
public final class FeatureSummaries {

  /**
   * An empty summary.
   *
   * @param reference gives the histograms' edges; null for a version without a profile, whose
   *     numbers are kept as moments and sketches alone
   */
  public static FeatureSummaries of(@Nullable ReferenceProfile reference) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return new FeatureSummaries();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when the bytes are of an unknown format or damaged
   */
  public static FeatureSummaries of(byte[] bytes, @Nullable ReferenceProfile reference) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return new FeatureSummaries();
  }

  public void add(Row row) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
  }

  /** Adds what another one counted; that one stays as it is. */
  public void merge(FeatureSummaries other) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
  }

  public long rows() {
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
