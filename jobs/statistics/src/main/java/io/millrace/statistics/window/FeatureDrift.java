package io.millrace.statistics.window;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one feature of a window was from its reference; the fields are those of a drift report.
 *
 * @param n observations with a value
 * @param missing observations without one, NaN and infinite ones included
 * @param referenceN observations of the reference; 0 when it does not have the feature
 * @param method the score that is decisive
 * @param scores the decisive one first; empty without values on either side
 * @param bins the outside of the reference's edges last; of categories those that contribute most,
 *     and last the rest; empty for vectors
 * @param referenceSummary null unless numeric and known
 * @param summary null unless numeric and not empty
 */
public record FeatureDrift(
    String feature,
    FeatureKind kind,
    long n,
    long missing,
    ReferenceSource referenceSource,
    long referenceN,
    DriftVerdict verdict,
    String method,
    List<DriftScore> scores,
    List<DriftBin> bins,
    @Nullable NumericDescription referenceSummary,
    @Nullable NumericDescription summary) {

  public FeatureDrift {
    scores = List.copyOf(scores);
    bins = List.copyOf(bins);
  }
}
