package io.millrace.cache;

import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.QualityReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The reports in Redis: values of {@link RedisReports}, in Avro's single-object encoding. */
public final class RedisReportStore implements ReportStore {

  /** The field of a window's only report. */
  private static final String ONLY = "";

  private static final byte[] NO_DETAIL = {};

  private final RedisConnections connections;
  private final RedisTopicProgress progress;
  private final RedisReports reports;

  private RedisReportStore(RedisConnections connections, ReportRetention retention, Clock clock) {
    this.connections = connections;
    this.progress = new RedisTopicProgress(connections);
    this.reports = new RedisReports(connections, retention, clock);
  }

  /**
   * Opens a store, on a connection of its own. Redis need not be there yet: until it is, the
   * futures fail.
   */
  public static RedisReportStore open(RedisConfig config, ReportRetention retention, Clock clock) {
    return new RedisReportStore(new RedisConnections(config), retention, clock);
  }

  @Override
  public CompletableFuture<TopicProgress> progress(String topic) {
    return progress.read(topic);
  }

  @Override
  public CompletableFuture<Boolean> advance(String topic, TopicProgress.Step step) {
    return progress.advance(topic, step);
  }

  @Override
  public CompletableFuture<Boolean> keep(DriftReport report) {
    ReportSeries series =
        new ReportSeries(
            ReportKind.DRIFT,
            report.getModel(),
            report.getVersion(),
            length(report.getWindowStart(), report.getWindowEnd()),
            report.getSegment());
    return reports.keep(
        new RedisReports.Place(
            series,
            report.getWindowStart(),
            report.getFeature(),
            report.getRevision(),
            report.getCreatedAt()),
        MessageCodec.DRIFT_REPORTS.encode(compact(report)),
        MessageCodec.DRIFT_REPORTS.encode(report));
  }

  /** What a report says in short. */
  private static DriftReport compact(DriftReport report) {
    return DriftReport.newBuilder(report)
        .setScores(
            report.getScores().stream()
                .filter(score -> score.getMethod().equals(report.getMethod()))
                .limit(1)
                .toList())
        .setBins(List.of())
        .setReferenceSummary(null)
        .setSummary(null)
        .build();
  }

  @Override
  public CompletableFuture<Boolean> keep(QualityReport report) {
    ReportSeries series =
        new ReportSeries(
            ReportKind.QUALITY,
            report.getModel(),
            report.getVersion(),
            length(report.getWindowStart(), report.getWindowEnd()),
            report.getSegment());
    return reports.keep(
        new RedisReports.Place(
            series, report.getWindowStart(), ONLY, report.getRevision(), report.getCreatedAt()),
        MessageCodec.QUALITY_REPORTS.encode(report),
        NO_DETAIL);
  }

  @Override
  public CompletableFuture<Boolean> keep(CostReport report) {
    ReportSeries series =
        new ReportSeries(
            ReportKind.COST,
            report.getModel(),
            report.getVersion(),
            length(report.getWindowStart(), report.getWindowEnd()),
            ReportSeries.ALL);
    return reports.keep(
        new RedisReports.Place(
            series,
            report.getWindowStart(),
            report.getTenant(),
            report.getRevision(),
            report.getCreatedAt()),
        MessageCodec.COST_REPORTS.encode(report),
        NO_DETAIL);
  }

  private static Duration length(Instant start, Instant end) {
    return Duration.between(start, end);
  }

  @Override
  public CompletableFuture<List<ReportSeries.Known>> series(ReportKind kind, String model) {
    return reports.series(kind, model);
  }

  @Override
  public CompletableFuture<ReportPage<DriftReport>> drift(ReportSeries series, ReportRange range) {
    return reports
        .all(series, range)
        .thenApply(page -> decode(page, MessageCodec.DRIFT_REPORTS::decode));
  }

  @Override
  public CompletableFuture<ReportPage<DriftReport>> drift(
      ReportSeries series, String feature, ReportRange range) {
    return reports
        .details(series, feature, range)
        .thenApply(page -> decode(page, MessageCodec.DRIFT_REPORTS::decode));
  }

  @Override
  public CompletableFuture<ReportPage<QualityReport>> quality(
      ReportSeries series, ReportRange range) {
    return reports
        .field(series, ONLY, range)
        .thenApply(page -> decode(page, MessageCodec.QUALITY_REPORTS::decode));
  }

  @Override
  public CompletableFuture<ReportPage<CostReport>> cost(ReportSeries series, ReportRange range) {
    return reports
        .all(series, range)
        .thenApply(page -> decode(page, MessageCodec.COST_REPORTS::decode));
  }

  @Override
  public CompletableFuture<ReportPage<CostReport>> cost(
      ReportSeries series, String tenant, ReportRange range) {
    return reports
        .field(series, tenant, range)
        .thenApply(page -> decode(page, MessageCodec.COST_REPORTS::decode));
  }

  /** Reads a report. */
  private interface Decoder<T> {
    T decode(byte[] value) throws DecodeException;
  }

  private static <T> ReportPage<T> decode(ReportPage<byte[]> page, Decoder<T> codec) {
    List<T> decoded = new ArrayList<>(page.reports().size());
    for (byte[] report : page.reports()) {
      try {
        decoded.add(codec.decode(report));
      } catch (DecodeException e) {
        throw new CorruptEntryException("A report in Redis cannot be read: " + e.getMessage(), e);
      }
    }
    return new ReportPage<>(decoded, page.next());
  }

  @Override
  public void close() {
    connections.close();
  }
}
