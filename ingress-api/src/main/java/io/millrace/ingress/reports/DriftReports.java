package io.millrace.ingress.reports;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.millrace.cache.ReportKind;
import io.millrace.cache.ReportPage;
import io.millrace.cache.ReportSeries;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.models.DeployedModels;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.DriftReport;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds reports of drift. */
@Singleton
final class DriftReports {

  /** The most reports with bins in one answer. */
  static final int MAX_WHOLE_REPORTS = 500;

  private final ReportReads reads;
  private final ReportQueries queries;
  private final DeployedModels deployed;

  DriftReports(ReportReads reads, ReportQueries queries, DeployedModels deployed) {
    this.reads = reads;
    this.queries = queries;
    this.deployed = deployed;
  }

  /** By window and feature. */
  CompletableFuture<HttpResponse<?>> overview(String model, HttpRequest<?> request) {
    ReportQuery query = queries.read(request);
    CompletableFuture<Found> found =
        find(
            model,
            query,
            series -> reads.store().drift(series, query.range(ReportReads.MAX_REPORTS)));
    return reads.answer(
        found,
        all -> {
          Instant next = all.page().next().orElse(null);
          return query.format() == ReportFormat.CSV
              ? ReportAnswers.csv(
                  request, model + "-drift", DriftCsv.overview(all.page().reports()), next)
              : ReportAnswers.json(
                  request,
                  new DriftOverview(
                      model,
                      all.version(),
                      WindowLength.label(query.window()),
                      query.segment(),
                      query.from(),
                      query.to(),
                      DriftWindow.of(all.page().reports()),
                      AvailableReports.of(all.known(), Callers.of(request)),
                      all.completeUntil(),
                      next),
                  next);
        });
  }

  /** Of one feature, with everything that is known. */
  CompletableFuture<HttpResponse<?>> feature(String model, String feature, HttpRequest<?> request) {
    ReportQuery query = queries.read(request);
    DriftCsv.Rows rows = DriftCsv.Rows.of(request);
    CompletableFuture<Found> found =
        find(
            model,
            query,
            series -> reads.store().drift(series, feature, query.range(MAX_WHOLE_REPORTS)));
    return reads.answer(
        found,
        all -> {
          List<DriftReport> reports = all.page().reports();
          Instant next = all.page().next().orElse(null);
          return query.format() == ReportFormat.CSV
              ? ReportAnswers.csv(
                  request, model + "-drift-" + feature, DriftCsv.feature(reports, rows), next)
              : ReportAnswers.json(
                  request,
                  new FeatureHistory(
                      model,
                      all.version(),
                      feature,
                      WindowLength.label(query.window()),
                      query.segment(),
                      query.from(),
                      query.to(),
                      reports.stream().map(FeatureWindow::of).toList(),
                      all.completeUntil(),
                      next),
                  next);
        });
  }

  /** Reads the reports of a series. */
  private interface Read {
    CompletableFuture<ReportPage<DriftReport>> of(ReportSeries series);
  }

  private record Found(
      @Nullable String version,
      ReportPage<DriftReport> page,
      List<ReportSeries.Known> known,
      @Nullable Instant completeUntil) {}

  private CompletableFuture<Found> find(String model, ReportQuery query, Read read) {
    CompletableFuture<Optional<Instant>> complete = reads.completeUntil(Topic.DRIFT_REPORTS.name());
    return reads
        .store()
        .series(ReportKind.DRIFT, model)
        .thenCompose(
            known -> {
              String version = version(model, query, known);
              CompletableFuture<ReportPage<DriftReport>> page =
                  version == null
                      ? CompletableFuture.completedFuture(
                          new ReportPage<>(List.of(), Optional.empty()))
                      : read.of(
                          new ReportSeries(
                              ReportKind.DRIFT, model, version, query.window(), query.segment()));
              return page.thenCombine(
                  complete,
                  (reports, until) -> new Found(version, reports, known, until.orElse(null)));
            });
  }

  /**
   * The version that is asked for, else the one in production, else the one with the last report.
   */
  private @Nullable String version(
      String model, ReportQuery query, List<ReportSeries.Known> known) {
    if (query.version() != null) {
      return query.version();
    }
    return deployed
        .production(model)
        .or(() -> known.stream().findFirst().map(one -> one.series().version()))
        .orElse(null);
  }
}
