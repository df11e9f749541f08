package io.millrace.inference.window;

import io.millrace.inference.summarise.Price;
import org.jspecify.annotations.Nullable;

/**
 * How far a window is. Lies in state: {@code docs/state-evolution.md}.
 *
 * @param issued whether its reports were issued
 * @param forgotten whether features and costs are taken in no more
 * @param features whether its features changed since
 * @param quality whether its quality changed since
 * @param cost whether its cost changed since
 * @param driftRevision of its next reports of drift
 * @param qualityRevision of its next report of quality
 * @param costRevision of its next reports of cost
 * @param lateRows that came after the first issue
 * @param price null for unknown
 */
public record WindowStatus(
    boolean issued,
    boolean forgotten,
    boolean features,
    boolean quality,
    boolean cost,
    int driftRevision,
    int qualityRevision,
    int costRevision,
    long lateRows,
    @Nullable Price price) {

  static final WindowStatus NEW =
      new WindowStatus(false, false, false, false, false, 0, 0, 0, 0, null);

  /** With more in it. */
  WindowStatus changed(
      boolean moreFeatures,
      boolean moreQuality,
      boolean moreCost,
      long rows,
      @Nullable Price morePrice) {
    return new WindowStatus(
        issued,
        forgotten,
        features || moreFeatures,
        quality || moreQuality,
        cost || moreCost,
        driftRevision,
        qualityRevision,
        costRevision,
        issued ? lateRows + rows : 0,
        Price.latest(price, morePrice));
  }

  /** After what changed was issued. */
  WindowStatus afterIssue() {
    return new WindowStatus(
        true,
        forgotten,
        false,
        false,
        false,
        driftRevision + (features ? 1 : 0),
        qualityRevision + (quality ? 1 : 0),
        costRevision + (cost ? 1 : 0),
        lateRows,
        price);
  }

  /** Without features and costs. */
  WindowStatus forgetting() {
    return new WindowStatus(
        issued,
        true,
        false,
        quality,
        false,
        driftRevision,
        qualityRevision,
        costRevision,
        lateRows,
        price);
  }

  boolean isChanged() {
    return features || quality || cost;
  }
}
