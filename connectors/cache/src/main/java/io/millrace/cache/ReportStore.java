package io.millrace.cache;

import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.QualityReport;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The reports of drift, quality and cost, as a projection of their topics. Of the reports of one
 * window the one with the highest revision is kept, and of two with the same revision the one that
 * was made later; so it does not matter in which order, and how often, they are written. Safe for
 * use by several threads.
 *
 * <p>The futures fail with {@link CacheUnavailableException} when the store cannot be reached or
 * does not answer in time, those that read also with {@link CorruptEntryException} when it cannot
 * read what it finds.
 */
public interface ReportStore extends TopicProgressStore {

  /**
   * Keeps a report for as long as is left of its time.
   *
   * @return whether it was kept: it is news, and not too old
   */
  CompletableFuture<Boolean> keep(DriftReport report);

  /** As {@link #keep(DriftReport)}. */
  CompletableFuture<Boolean> keep(QualityReport report);

  /** As {@link #keep(DriftReport)}. */
  CompletableFuture<Boolean> keep(CostReport report);

  /** The series of a model that have reports, those with the latest first. */
  CompletableFuture<List<ReportSeries.Known>> series(ReportKind kind, String model);

  /**
   * Drift by window and feature: each report with its decisive score alone, without bins and
   * summaries.
   */
  CompletableFuture<ReportPage<DriftReport>> drift(ReportSeries series, ReportRange range);

  /** Drift of one feature, each report whole. */
  CompletableFuture<ReportPage<DriftReport>> drift(
      ReportSeries series, String feature, ReportRange range);

  /** Quality by window. */
  CompletableFuture<ReportPage<QualityReport>> quality(ReportSeries series, ReportRange range);

  /** Cost by window and tenant. */
  CompletableFuture<ReportPage<CostReport>> cost(ReportSeries series, ReportRange range);

  /** Cost of one tenant by window. */
  CompletableFuture<ReportPage<CostReport>> cost(
      ReportSeries series, String tenant, ReportRange range);
}
