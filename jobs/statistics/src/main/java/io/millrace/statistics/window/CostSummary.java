package io.millrace.statistics.window;

import java.util.SortedMap;

/**
 * What the answers of a window cost, tenant by tenant. Summaries of parts of a window merge into
 * that of the whole, in any order. Not safe for use by several threads.
 */
public final class CostSummary {

  public CostSummary() {}

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when the bytes are of an unknown format or damaged
   */
  public static CostSummary of(byte[] bytes) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return new CostSummary();
  }

  /** Counts a request by where its answer came from. */
  public void counted(String tenant, Origin origin) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
  }

  /** Adds what a computed answer took; the answer is {@link #counted} as well. */
  public void computed(String tenant, long tokens, long paddedTokens, double computeSeconds) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * Adds what an answer saved.
   *
   * @param aloneSeconds what it would have cost without
   * @param savedSeconds aloneSeconds less what it did cost; below 0 for a loss
   */
  public void saved(String tenant, SavedBy by, double aloneSeconds, double savedSeconds) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
  }

  /** Adds what another one counted; that one stays as it is. */
  public void merge(CostSummary other) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
  }

  public SortedMap<String, TenantCost> tenants() {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return new java.util.TreeMap<>();
  }

  /** In format version 1, which later versions of the code read. */
  public byte[] toBytes() {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return new byte[0];
  }
}
