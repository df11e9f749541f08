package io.millrace.cache;

import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.CostSaving;
import io.millrace.schemas.avro.DriftBin;
import io.millrace.schemas.avro.DriftProfile;
import io.millrace.schemas.avro.DriftReference;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.DriftScore;
import io.millrace.schemas.avro.DriftVerdict;
import io.millrace.schemas.avro.FeatureKind;
import io.millrace.schemas.avro.NumericSummary;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.ReferenceSource;
import io.millrace.schemas.avro.SavedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reports for tests, of windows of a minute unless they say otherwise. */
final class Reports {

  static final Instant START = Instant.parse("2026-11-22T10:15:00Z");
  static final Duration MINUTE = Duration.ofMinutes(1);

  private Reports() {}

  static Instant start(int window) {
    return START.plus(MINUTE.multipliedBy(window));
  }

  static DriftReport drift(String model, String feature, int window, int revision) {
    NumericSummary summary = new NumericSummary(5.0, 2.0, 1.0, 2.0, 3.0, 5.0, 6.0, 9.0, 12.0);
    return DriftReport.newBuilder()
        .setModel(model)
        .setVersion("1.0.0")
        .setFeature(feature)
        .setKind(FeatureKind.NUMERIC)
        .setWindowStart(start(window))
        .setWindowEnd(start(window + 1))
        .setRevision(revision)
        .setLate(revision * 10L)
        .setN(600 + revision)
        .setReference(new DriftReference(ReferenceSource.PACKAGE, 10_000L, null, null))
        .setVerdict(DriftVerdict.DRIFT)
        .setMethod("jensen_shannon")
        .setScores(
            List.of(
                new DriftScore("psi", DriftProfile.EVIDENTLY, 0.4, 0.1, null, null, true),
                new DriftScore(
                    "jensen_shannon", DriftProfile.NANNYML, 0.3, 0.1, 0.001, 0.002, false)))
        .setBins(List.of(new DriftBin(1.0, 12.0, null, 1.0, 0.9, 0.01)))
        .setReferenceSummary(summary)
        .setSummary(summary)
        .setCreatedAt(start(window + 1).plusSeconds(revision))
        .build();
  }

  static QualityReport quality(String model, int window, int revision) {
    return QualityReport.newBuilder()
        .setModel(model)
        .setVersion("1.0.0")
        .setWindowStart(start(window))
        .setWindowEnd(start(window + 1))
        .setRevision(revision)
        .setAnswered(700)
        .setLabelled(100L + revision)
        .setAccuracy(0.9)
        .setCreatedAt(start(window + 1))
        .build();
  }

  static CostReport cost(String model, String tenant, int window) {
    return CostReport.newBuilder()
        .setModel(model)
        .setVersion("1.0.0")
        .setTenant(tenant)
        .setWindowStart(start(window))
        .setWindowEnd(start(window + 1))
        .setComputed(70)
        .setCached(30)
        .setCoalesced(2)
        .setFallback(0)
        .setStale(0)
        .setFailed(1)
        .setTokens(900)
        .setPaddedTokens(1_000)
        .setComputeSeconds(1.5)
        .setSavings(List.of(new CostSaving(SavedBy.CACHE, 30L, 0.6, 0.6)))
        .setCreatedAt(start(window + 1))
        .build();
  }
}
