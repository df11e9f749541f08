package io.millrace.inference.report;

import io.millrace.schemas.avro.DriftBin;
import io.millrace.schemas.avro.DriftProfile;
import io.millrace.schemas.avro.DriftReference;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.DriftScore;
import io.millrace.schemas.avro.DriftVerdict;
import io.millrace.schemas.avro.FeatureKind;
import io.millrace.schemas.avro.NumericSummary;
import io.millrace.schemas.avro.ReferenceSource;
import io.millrace.statistics.window.FeatureDrift;
import io.millrace.statistics.window.NumericDescription;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The drift of features as reports. */
public final class DriftReports {

  private DriftReports() {}

  /**
   * What a reference of earlier windows spans.
   *
   * @param until exclusive
   */
  public record Span(Instant from, Instant until) {}

  /**
   * One report a feature.
   *
   * @param late observations that came after the window's first issue
   * @param trailing null unless the reference is of earlier windows
   */
  public static List<DriftReport> of(
      ReportWindow window, List<FeatureDrift> drifts, long late, @Nullable Span trailing) {
    return drifts.stream().map(drift -> of(window, drift, late, trailing)).toList();
  }

  private static DriftReport of(
      ReportWindow window, FeatureDrift drift, long late, @Nullable Span trailing) {
    return DriftReport.newBuilder()
        .setModel(window.model())
        .setVersion(window.version())
        .setFeature(drift.feature())
        .setKind(FeatureKind.valueOf(drift.kind().name()))
        .setSegment(window.segment())
        .setWindowStart(window.start())
        .setWindowEnd(window.end())
        .setRevision(window.revision())
        .setLate(late)
        .setN(drift.n())
        .setMissing(drift.missing())
        .setReference(
            new DriftReference(
                ReferenceSource.valueOf(drift.referenceSource().name()),
                drift.referenceN(),
                trailing == null ? null : trailing.from(),
                trailing == null ? null : trailing.until()))
        .setVerdict(DriftVerdict.valueOf(drift.verdict().name()))
        .setMethod(drift.method())
        .setScores(drift.scores().stream().map(DriftReports::score).toList())
        .setBins(drift.bins().stream().map(DriftReports::bin).toList())
        .setReferenceSummary(summary(drift.referenceSummary()))
        .setSummary(summary(drift.summary()))
        .setCreatedAt(window.createdAt())
        .build();
  }

  private static DriftScore score(io.millrace.statistics.window.DriftScore score) {
    return new DriftScore(
        score.method(),
        DriftProfile.valueOf(score.convention().name()),
        score.value(),
        score.threshold(),
        score.pValue(),
        score.adjustedPValue(),
        score.approximate());
  }

  private static DriftBin bin(io.millrace.statistics.window.DriftBin bin) {
    return new DriftBin(
        bin.lower(),
        bin.upper(),
        bin.category(),
        bin.referenceShare(),
        bin.share(),
        bin.contribution());
  }

  private static @Nullable NumericSummary summary(@Nullable NumericDescription numbers) {
    return numbers == null
        ? null
        : new NumericSummary(
            numbers.mean(),
            numbers.deviation(),
            numbers.min(),
            numbers.p05(),
            numbers.p25(),
            numbers.p50(),
            numbers.p75(),
            numbers.p95(),
            numbers.max());
  }
}
