package io.millrace.ingress.reports;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.millrace.cache.ReportKind;
import io.millrace.cache.ReportPage;
import io.millrace.cache.ReportRange;
import io.millrace.cache.ReportSeries;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.SavedBy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds reports of cost, by version and tenant. */
@Singleton
final class CostReports {

  private final ReportReads reads;
  private final ReportQueries queries;

  CostReports(ReportReads reads, ReportQueries queries) {
    this.reads = reads;
    this.queries = queries;
  }

  /**
   * The future fails with {@code BAD_REQUEST} when there are too many reports for sums over all of
   * them.
   */
  CompletableFuture<HttpResponse<?>> overview(String model, HttpRequest<?> request) {
    ReportQuery query = queries.read(request);
    return reads.answer(find(model, query), found -> answer(model, query, found, request));
  }

  private static HttpResponse<?> answer(
      String model, ReportQuery query, Found found, HttpRequest<?> request) {
    if (found.page().next().isPresent()) {
      throw new ProblemException(
          ProblemType.BAD_REQUEST,
          ("from, to: expected at most %d reports of versions and tenants between them; ask for one"
                  + " version or tenant, a shorter range or longer windows.")
              .formatted(ReportReads.MAX_REPORTS));
    }
    List<CostReport> reports = found.page().reports();
    List<CostWindow> windows = reports.stream().map(CostWindow::of).toList();
    return query.format() == ReportFormat.CSV
        ? ReportAnswers.csv(request, model + "-cost", csv(windows), null)
        : ReportAnswers.json(
            request,
            new CostOverview(
                model,
                WindowLength.label(query.window()),
                query.from(),
                query.to(),
                totals(reports),
                windows,
                AvailableReports.of(found.known(), Callers.of(request)),
                found.completeUntil()),
            null);
  }

  private static List<CostTotal> totals(List<CostReport> reports) {
    Comparator<List<String>> order =
        Comparator.comparing((List<String> key) -> key.get(0)).thenComparing(key -> key.get(1));
    Map<List<String>, List<CostReport>> groups = new TreeMap<>(order);
    for (CostReport report : reports) {
      groups
          .computeIfAbsent(
              List.of(report.getVersion(), report.getTenant()), key -> new ArrayList<>())
          .add(report);
    }
    return groups.entrySet().stream()
        .map(
            group ->
                new CostTotal(
                    group.getKey().get(0), group.getKey().get(1), CostSums.of(group.getValue())))
        .toList();
  }

  private record Found(
      ReportPage<CostReport> page,
      List<ReportSeries.Known> known,
      @Nullable Instant completeUntil) {}

  private CompletableFuture<Found> find(String model, ReportQuery query) {
    CompletableFuture<Optional<Instant>> complete = reads.completeUntil(Topic.COST_REPORTS.name());
    return reads
        .store()
        .series(ReportKind.COST, model)
        .thenCompose(
            known ->
                ReportReads.together(
                        ReportReads.matching(known, query),
                        query,
                        ReportReads.MAX_REPORTS,
                        (series, range) -> read(series, query.tenant(), range),
                        CostReport::getWindowStart)
                    .thenCombine(
                        complete, (page, until) -> new Found(page, known, until.orElse(null))));
  }

  private CompletableFuture<ReportPage<CostReport>> read(
      ReportSeries series, @Nullable String tenant, ReportRange range) {
    return tenant == null
        ? reads.store().cost(series, range)
        : reads.store().cost(series, tenant, range);
  }

  private static Csv csv(List<CostWindow> windows) {
    List<String> header =
        new ArrayList<>(
            List.of(
                "window_start",
                "window_end",
                "version",
                "tenant",
                "computed",
                "cached",
                "coalesced",
                "fallback",
                "stale",
                "failed",
                "tokens",
                "padded_tokens",
                "compute_seconds",
                "cost"));
    for (SavedBy by : SavedBy.values()) {
      header.add("saved_seconds_" + Numbers.label(by));
      header.add("saved_cost_" + Numbers.label(by));
    }
    header.add("revision");
    Csv csv = new Csv(header.toArray(String[]::new));
    windows.forEach(window -> csv.row(row(window)));
    return csv;
  }

  private static @Nullable Object[] row(CostWindow window) {
    CostSums sums = window.sums();
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(window.start());
    cells.add(window.end());
    cells.add(window.version());
    cells.add(window.tenant());
    cells.add(sums.computed());
    cells.add(sums.cached());
    cells.add(sums.coalesced());
    cells.add(sums.fallback());
    cells.add(sums.stale());
    cells.add(sums.failed());
    cells.add(sums.tokens());
    cells.add(sums.paddedTokens());
    cells.add(sums.computeSeconds());
    cells.add(sums.cost());
    for (SavedBy by : SavedBy.values()) {
      Optional<SavingView> saving =
          sums.savings().stream().filter(one -> one.by().equals(Numbers.label(by))).findFirst();
      cells.add(saving.map(SavingView::savedSeconds).orElse(null));
      cells.add(saving.map(SavingView::savedCost).orElse(null));
    }
    cells.add(window.revision());
    return cells.toArray();
  }
}
