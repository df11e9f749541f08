package io.millrace.inference.reference;

import io.millrace.statistics.profile.ReferenceProfile;
import org.jspecify.annotations.Nullable;

/**
 * What a version's package says of its inputs and answers.
 *
 * @param profile null when the package has none, or cannot be read
 * @param accuracy of the baseline on held-out rows; null when none was measured
 */
public record VersionReference(@Nullable ReferenceProfile profile, @Nullable Double accuracy) {

  /** Of a version whose package says nothing. */
  public static final VersionReference NONE = new VersionReference(null, null);

  /** The probability that an answer with this confidence is right; NaN when that is not known. */
  public double calibrated(double confidence) {
    return profile == null || profile.calibration() == null
        ? Double.NaN
        : profile.calibration().calibrated(confidence);
  }
}
