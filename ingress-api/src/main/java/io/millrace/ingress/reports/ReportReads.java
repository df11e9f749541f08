package io.millrace.ingress.reports;

import io.millrace.cache.CacheUnavailableException;
import io.millrace.cache.CorruptEntryException;
import io.millrace.cache.ReportKind;
import io.millrace.cache.ReportPage;
import io.millrace.cache.ReportRange;
import io.millrace.cache.ReportSeries;
import io.millrace.cache.ReportStore;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads reports, and says why when they cannot be read. */
@Singleton
final class ReportReads {

  private static final Logger log = LoggerFactory.getLogger(ReportReads.class);

  /** The most reports in one answer; what is left is for the next one. */
  static final int MAX_REPORTS = 10_000;

  /** The most versions that are told together, those with the latest reports. */
  private static final int MAX_VERSIONS = 20;

  private final ReportStore store;
  private final Executor threads;

  ReportReads(@Named("reading") ReportStore store, @Named("reports") Executor threads) {
    this.store = store;
    this.threads = threads;
  }

  ReportStore store() {
    return store;
  }

  /**
   * Makes an answer of what is read, beside the threads of the jobs. The future fails with a {@link
   * ProblemException} {@code REPORTS_UNAVAILABLE} when it cannot be read.
   */
  <T, R> CompletableFuture<R> answer(CompletableFuture<T> read, Function<T, R> answer) {
    return read.handleAsync(
        (found, failure) -> {
          if (failure != null) {
            throw refusal(failure);
          }
          return answer.apply(found);
        },
        threads);
  }

  private static RuntimeException refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    if (cause instanceof CacheUnavailableException || cause instanceof CorruptEntryException) {
      log.debug("Reports cannot be read", cause);
      return new ProblemException(
          ProblemType.REPORTS_UNAVAILABLE, "Reports cannot be read now; ask again.");
    }
    return cause instanceof RuntimeException known ? known : new CompletionException(cause);
  }

  /** Until when all reports of a topic are there; empty while they are being read. */
  CompletableFuture<Optional<Instant>> completeUntil(String topic) {
    return store.progress(topic).thenApply(progress -> progress.completeUntil());
  }

  /** The series of a kind that answer a query: of its version, or of all versions. */
  static List<ReportSeries> matching(List<ReportSeries.Known> known, ReportQuery query) {
    return known.stream()
        .map(ReportSeries.Known::series)
        .filter(series -> series.window().equals(query.window()))
        .filter(
            series -> series.kind() == ReportKind.COST || series.segment().equals(query.segment()))
        .filter(series -> query.version() == null || series.version().equals(query.version()))
        .limit(MAX_VERSIONS)
        .toList();
  }

  /**
   * Reads several series as one, by the start of the window.
   *
   * @param start of the window of a report
   */
  static <T> CompletableFuture<ReportPage<T>> together(
      List<ReportSeries> series,
      ReportQuery query,
      int maxReports,
      BiFunction<ReportSeries, ReportRange, CompletableFuture<ReportPage<T>>> read,
      Function<T, Instant> start) {
    ReportRange range = query.range(Math.max(1, maxReports / Math.max(1, series.size())));
    List<CompletableFuture<ReportPage<T>>> pages =
        series.stream().map(one -> read.apply(one, range)).toList();
    return CompletableFuture.allOf(pages.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> merge(pages.stream().map(CompletableFuture::join).toList(), start));
  }

  private static <T> ReportPage<T> merge(List<ReportPage<T>> pages, Function<T, Instant> start) {
    Optional<Instant> next =
        pages.stream().flatMap(page -> page.next().stream()).min(Comparator.naturalOrder());
    List<T> reports =
        pages.stream()
            .flatMap(page -> page.reports().stream())
            .filter(report -> next.isEmpty() || start.apply(report).isBefore(next.get()))
            .sorted(Comparator.comparing(start))
            .collect(Collectors.toCollection(ArrayList::new));
    return new ReportPage<>(reports, next);
  }
}
