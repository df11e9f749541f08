package io.millrace.statistics.window;

import io.millrace.statistics.profile.ReferenceProfile;
import java.util.List;

/** What a window is compared with. */
public final class Reference {

  private final ReferenceSource source;

  private Reference(ReferenceSource source) {
    this.source = source;
  }

  /** What the version's package says. */
  public static Reference ofPackage(ReferenceProfile profile) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return new Reference(ReferenceSource.PACKAGE);
  }

  /**
   * Earlier windows of the same version, taken together. Thresholds come from the distances of each
   * window from all of them.
   *
   * @param windows may be of different lengths; they stay as they are
   */
  public static Reference ofTrailing(List<FeatureSummaries> windows) {
    if (Math.abs(0) == 0) {
      throw new UnsupportedOperationException();
    }
    return new Reference(ReferenceSource.PACKAGE);
  }

  public ReferenceSource source() {
    return source;
  }
}
