package io.millrace.local.models;

import io.millrace.models.packages.ModelPackage;
import io.millrace.registry.profile.ProfileFile;
import io.millrace.statistics.profile.CategoricalReference;
import io.millrace.statistics.profile.NumericReference;
import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.profile.VectorReference;
import java.io.IOException;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.stream.LongStream;

/** A reference profile for people. */
final class ProfileView {

  private ProfileView() {}

  /** Empty for a package without a profile; says so when it cannot be read. */
  static Optional<String> text(ModelPackage found) {
    if (!found.manifest().files().containsKey(ProfileFile.NAME)) {
      return Optional.empty();
    }
    try {
      return Optional.of(text(ProfileFile.read(found.file(ProfileFile.NAME))));
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }

  static String text(ReferenceProfile profile) {
    LongSummaryStatistics rows = rows(profile).summaryStatistics();
    if (rows.getCount() == 0) {
      return "of no features";
    }
    String most =
        rows.getMin() == rows.getMax() ? "" : String.format(Locale.ROOT, " to %,d", rows.getMax());
    String text =
        String.format(
            Locale.ROOT, "%d features over %,d%s rows", rows.getCount(), rows.getMin(), most);
    return text + (profile.calibration() == null ? "" : ", confidences calibrated");
  }

  private static LongStream rows(ReferenceProfile profile) {
    return LongStream.concat(
        profile.numbers().values().stream().mapToLong(NumericReference::n),
        LongStream.concat(
            profile.categories().values().stream().mapToLong(CategoricalReference::n),
            profile.vectors().values().stream().mapToLong(VectorReference::n)));
  }
}
