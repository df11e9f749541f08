package io.millrace.local.demo;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the drift demo came to; as JSON, keys are in snake case.
 *
 * @param windowsBefore windows before the shift with a verdict
 * @param falseAlarmsBefore of these, windows with a drift
 * @param windowsToDetect full windows after the shift until one with a drift, that one included: 1
 *     at best; null when there was none
 * @param featuresFlagged the drifting features of that window
 * @param expectedFeatures those that must be among them
 * @param alertFired whether the gauge that the alert is by was 1
 * @param accuracyBefore share of right answers before the shift; null without labels
 * @param accuracyAfter the same in the full windows after it
 * @param estimatedAccuracyAfter what was estimated of it without labels; null for none
 * @param accepted jobs that the API took
 * @param failedRequests requests without an answer
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DriftSummary(
    int windowsBefore,
    long falseAlarmsBefore,
    @Nullable Integer windowsToDetect,
    List<String> featuresFlagged,
    List<String> expectedFeatures,
    boolean alertFired,
    @Nullable Double accuracyBefore,
    @Nullable Double accuracyAfter,
    @Nullable Double estimatedAccuracyAfter,
    long accepted,
    long failedRequests) {

  DriftSummary {
    featuresFlagged = List.copyOf(featuresFlagged);
    expectedFeatures = List.copyOf(expectedFeatures);
  }

  /** Whether everything came out as it must. */
  boolean good() {
    return windowsBefore > 0
        && falseAlarmsBefore == 0
        && windowsToDetect != null
        && windowsToDetect == 1
        && featuresFlagged.containsAll(expectedFeatures)
        && alertFired
        && failedRequests == 0;
  }

  /** The summary as indented JSON, with a line end. */
  String toJson() {
    return SummaryFiles.json(this);
  }
}
