package io.millrace.inference.window;

import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.window.CostSummary;
import io.millrace.statistics.window.FeatureSummaries;
import io.millrace.statistics.window.QualitySummary;
import org.jspecify.annotations.Nullable;

/** Merges summaries as they lie in state. */
final class Merging {

  private Merging() {}

  static byte[] features(byte @Nullable [] one, byte[] other, @Nullable ReferenceProfile profile) {
    if (one == null) {
      return other;
    }
    FeatureSummaries merged = FeatureSummaries.of(one, profile);
    merged.merge(FeatureSummaries.of(other, profile));
    return merged.toBytes();
  }

  static byte[] quality(byte @Nullable [] one, byte[] other) {
    if (one == null) {
      return other;
    }
    QualitySummary merged = QualitySummary.of(one);
    merged.merge(QualitySummary.of(other));
    return merged.toBytes();
  }

  static byte[] cost(byte @Nullable [] one, byte[] other) {
    if (one == null) {
      return other;
    }
    CostSummary merged = CostSummary.of(one);
    merged.merge(CostSummary.of(other));
    return merged.toBytes();
  }
}
