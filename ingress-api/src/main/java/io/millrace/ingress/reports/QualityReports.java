package io.millrace.ingress.reports;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.millrace.cache.ReportKind;
import io.millrace.cache.ReportPage;
import io.millrace.cache.ReportSeries;
import io.millrace.ingress.access.Callers;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.QualityReport;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds reports of quality, of one version or of all. */
@Singleton
final class QualityReports {

  private final ReportReads reads;
  private final ReportQueries queries;

  QualityReports(ReportReads reads, ReportQueries queries) {
    this.reads = reads;
    this.queries = queries;
  }

  CompletableFuture<HttpResponse<?>> overview(String model, HttpRequest<?> request) {
    ReportQuery query = queries.read(request);
    return reads.answer(find(model, query), found -> answer(model, query, found, request));
  }

  private static HttpResponse<?> answer(
      String model, ReportQuery query, Found found, HttpRequest<?> request) {
    List<QualityWindow> windows =
        found.page().reports().stream()
            .map(report -> QualityWindow.of(report, query.at() != null))
            .toList();
    Instant next = found.page().next().orElse(null);
    return query.format() == ReportFormat.CSV
        ? ReportAnswers.csv(request, model + "-quality", csv(query.segment(), windows), next)
        : ReportAnswers.json(
            request,
            new QualityOverview(
                model,
                WindowLength.label(query.window()),
                query.segment(),
                query.from(),
                query.to(),
                windows,
                AvailableReports.of(found.known(), Callers.of(request)),
                found.completeUntil(),
                next),
            next);
  }

  private record Found(
      ReportPage<QualityReport> page,
      List<ReportSeries.Known> known,
      @Nullable Instant completeUntil) {}

  private CompletableFuture<Found> find(String model, ReportQuery query) {
    CompletableFuture<Optional<Instant>> complete =
        reads.completeUntil(Topic.QUALITY_REPORTS.name());
    return reads
        .store()
        .series(ReportKind.QUALITY, model)
        .thenCompose(
            known ->
                ReportReads.together(
                        ReportReads.matching(known, query),
                        query,
                        ReportReads.MAX_REPORTS,
                        reads.store()::quality,
                        QualityReport::getWindowStart)
                    .thenCombine(
                        complete, (page, until) -> new Found(page, known, until.orElse(null))));
  }

  private static Csv csv(String segment, List<QualityWindow> windows) {
    Csv csv =
        new Csv(
            "window_start",
            "window_end",
            "version",
            "segment",
            "answered",
            "labelled",
            "label_coverage",
            "label_delay_p50_seconds",
            "label_delay_p95_seconds",
            "accuracy",
            "accuracy_lower",
            "accuracy_upper",
            "macro_f1",
            "ece",
            "mean_confidence",
            "estimated_accuracy",
            "estimate_method",
            "reference_accuracy",
            "accuracy_floor",
            "revision");
    for (QualityWindow window : windows) {
      csv.row(
          window.start(),
          window.end(),
          window.version(),
          segment,
          window.answered(),
          window.labelled(),
          window.labelCoverage(),
          window.labelDelayP50Seconds(),
          window.labelDelayP95Seconds(),
          window.accuracy(),
          window.accuracyLower(),
          window.accuracyUpper(),
          window.macroF1(),
          window.ece(),
          window.meanConfidence(),
          window.estimatedAccuracy(),
          window.estimateMethod(),
          window.referenceAccuracy(),
          window.accuracyFloor(),
          window.revision());
    }
    return csv;
  }
}
