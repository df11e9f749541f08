package io.millrace.ingress;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.CalibrationBin;
import io.millrace.schemas.avro.ClassQuality;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Plays what the inference job finds out: 30 windows of a minute, of 12 features, two versions, and
 * all requests or those of one tenant. From the 20th window on {@code token_count} and {@code
 * label} of version 1.0.0 drift; every fifth window is too small; late data changed the 25th.
 *
 * @param first the start of the first window
 */
record StandInReports(String model, Instant first) {

  static final int WINDOWS = 30;
  static final int DRIFTS_FROM = 20;
  static final int LATE = 25;
  static final String OF_TENANT = "tenant=acme";

  static final List<String> VERSIONS = List.of("1.0.0", "1.1.0");
  static final List<String> FEATURES =
      List.of(
          "character_count",
          "confidence",
          "digit_share",
          "embedding",
          "entropy",
          "label",
          "language",
          "output_norm",
          "punctuation_share",
          "token_count",
          "unknown_share",
          "=cmd|' /C calc'!A0");

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final double THRESHOLD = 0.12;

  /** The start of a window. */
  Instant start(int window) {
    return first.plus(MINUTE.multipliedBy(window));
  }

  /** Writes all reports. */
  void publish(Producer<byte[], byte[]> producer) {
    for (int window = 0; window < WINDOWS; window++) {
      for (String version : VERSIONS) {
        for (String segment : List.of("all", OF_TENANT)) {
          for (String feature : FEATURES) {
            for (DriftReport report : issues(version, segment, feature, window)) {
              send(
                  producer,
                  Topic.DRIFT_REPORTS,
                  model + "/" + version + "/" + feature,
                  MessageCodec.DRIFT_REPORTS.encode(report));
            }
          }
          send(
              producer,
              Topic.QUALITY_REPORTS,
              model + "/" + version,
              MessageCodec.QUALITY_REPORTS.encode(quality(version, segment, window)));
        }
        for (String tenant : List.of("acme", "zoo")) {
          send(
              producer,
              Topic.COST_REPORTS,
              model + "/" + version + "/" + tenant,
              MessageCodec.COST_REPORTS.encode(cost(version, tenant, window)));
        }
      }
    }
    producer.flush();
  }

  static void send(Producer<byte[], byte[]> producer, Topic topic, String key, byte[] value) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** A window that late data changed is issued twice; here the last issue comes first. */
  private List<DriftReport> issues(String version, String segment, String feature, int window) {
    DriftReport report = drift(version, segment, feature, window);
    if (window != LATE) {
      return List.of(report);
    }
    DriftReport again =
        DriftReport.newBuilder(report)
            .setRevision(1)
            .setLate(14)
            .setN(report.getN() + 14)
            .setCreatedAt(report.getCreatedAt().plusSeconds(30))
            .build();
    return List.of(again, report);
  }

  private static FeatureKind kind(String feature) {
    return switch (feature) {
      case "label", "language" -> FeatureKind.CATEGORICAL;
      case "embedding" -> FeatureKind.EMBEDDING;
      default -> FeatureKind.NUMERIC;
    };
  }

  DriftReport drift(String version, String segment, String feature, int window) {
    boolean shifted =
        version.equals("1.0.0")
            && window >= DRIFTS_FROM
            && (feature.equals("token_count") || feature.equals("label"));
    boolean small = window % 5 == 4;
    FeatureKind kind = kind(feature);
    double score = shifted ? 0.31 : 0.04 + 0.01 * (window % 4);
    NumericSummary reference = new NumericSummary(11.2, 4.1, 2.0, 5.0, 8.0, 11.0, 14.0, 18.0, 31.0);
    List<DriftScore> scores = new ArrayList<>();
    String method = kind == FeatureKind.EMBEDDING ? "mean_distance" : "jensen_shannon";
    scores.add(
        new DriftScore(
            method,
            kind == FeatureKind.EMBEDDING ? DriftProfile.MILLRACE : DriftProfile.NANNYML,
            score,
            THRESHOLD,
            shifted ? 0.0001 : 0.3,
            shifted ? 0.0006 : 0.62,
            false));
    if (kind == FeatureKind.NUMERIC) {
      scores.add(new DriftScore("psi", DriftProfile.EVIDENTLY, score * 2, 0.1, null, null, true));
    }
    return DriftReport.newBuilder()
        .setModel(model)
        .setVersion(version)
        .setFeature(feature)
        .setKind(kind)
        .setSegment(segment)
        .setWindowStart(start(window))
        .setWindowEnd(start(window + 1))
        .setN(small ? 311 : 800 + window)
        .setMissing(feature.equals("language") ? 12 : 0)
        .setReference(new DriftReference(ReferenceSource.PACKAGE, 8_124L, null, null))
        .setVerdict(
            small ? DriftVerdict.INSUFFICIENT : shifted ? DriftVerdict.DRIFT : DriftVerdict.STABLE)
        .setMethod(method)
        .setScores(scores)
        .setBins(bins(kind, shifted))
        .setReferenceSummary(kind == FeatureKind.NUMERIC ? reference : null)
        .setSummary(kind == FeatureKind.NUMERIC ? reference : null)
        .setCreatedAt(start(window + 1).plusSeconds(2))
        .build();
  }

  private static List<DriftBin> bins(FeatureKind kind, boolean shifted) {
    double more = shifted ? 0.2 : 0.01;
    return switch (kind) {
      case NUMERIC ->
          List.of(
              new DriftBin(2.0, 11.0, null, 0.5, 0.5 - more, more / 4),
              new DriftBin(11.0, 31.0, null, 0.5, 0.48 + more, more / 5),
              new DriftBin(null, null, null, 0.0, 0.02, 0.01));
      case CATEGORICAL ->
          List.of(
              new DriftBin(null, null, "delivery", 0.6, 0.6 - more, more / 4),
              new DriftBin(null, null, "@refund, \"late\"", 0.4, 0.4 + more, more / 5));
      case EMBEDDING -> List.of();
    };
  }

  QualityReport quality(String version, String segment, int window) {
    double accuracy = version.equals("1.0.0") && window >= DRIFTS_FROM ? 0.81 : 0.93;
    return QualityReport.newBuilder()
        .setModel(model)
        .setVersion(version)
        .setSegment(segment)
        .setWindowStart(start(window))
        .setWindowEnd(start(window + 1))
        .setAnswered(1_000)
        .setLabelled(240)
        .setLabelDelayP50Seconds(95.0)
        .setLabelDelayP95Seconds(610.0)
        .setAccuracy(accuracy)
        .setAccuracyLower(accuracy - 0.04)
        .setAccuracyUpper(accuracy + 0.03)
        .setMacroF1(accuracy - 0.01)
        .setEce(0.031)
        .setMeanConfidence(0.9)
        .setEstimatedAccuracy(accuracy + 0.01)
        .setEstimateMethod("cbpe")
        .setReferenceAccuracy(0.93)
        .setAccuracyFloor(0.88)
        .setClasses(
            List.of(
                new ClassQuality("delivery", 140L, 144L, 131L),
                new ClassQuality("refund", 100L, 96L, 90L)))
        .setCalibration(List.of(new CalibrationBin(0.8, 0.9, 120L, 0.86, 0.84)))
        .setCreatedAt(start(window + 1).plusSeconds(2))
        .build();
  }

  CostReport cost(String version, String tenant, int window) {
    boolean priced = version.equals("1.0.0");
    return CostReport.newBuilder()
        .setModel(model)
        .setVersion(version)
        .setTenant(tenant)
        .setWindowStart(start(window))
        .setWindowEnd(start(window + 1))
        .setComputed(70)
        .setCached(25)
        .setCoalesced(5)
        .setFallback(0)
        .setStale(0)
        .setFailed(1)
        .setTokens(900)
        .setPaddedTokens(1_000)
        .setComputeSeconds(1.5)
        .setSavings(
            List.of(
                new CostSaving(SavedBy.CACHE, 25L, 0.5, 0.5),
                new CostSaving(SavedBy.BATCHING, 70L, 3.0, 1.5)))
        .setPricePerHour(priced ? 3.6 : null)
        .setCost(priced ? 0.0015 : null)
        .setCreatedAt(start(window + 1).plusSeconds(2))
        .build();
  }
}
