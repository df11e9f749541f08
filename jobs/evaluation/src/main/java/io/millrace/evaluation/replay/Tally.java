package io.millrace.evaluation.replay;

import io.millrace.evaluation.ask.Classification;
import io.millrace.evaluation.ask.Reply;
import io.millrace.evaluation.report.Latency;
import io.millrace.evaluation.report.ReplayReport;
import io.millrace.statistics.evaluation.OutputDrift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts what became of the requests and compares the answers. For use by one thread. */
final class Tally {

  private static final int CONFIDENCE_BINS = 10;
  private static final int MOST_CHANGES = 50;

  private final Map<RequestKind, Long> kinds = new EnumMap<>(RequestKind.class);
  private final Map<String, Long> versions = new TreeMap<>();
  private final List<Classification> production = new ArrayList<>();
  private final List<Classification> replay = new ArrayList<>();
  private final List<Double> latencies = new ArrayList<>();
  private final List<Double> productionCalls = new ArrayList<>();
  private final List<Double> replayCalls = new ArrayList<>();
  private double productionSeconds;
  private double replaySeconds;
  private long compared;
  private long replayFailed;
  private @Nullable String replayFailure;

  void add(ReplayedJob job) {
    kinds.merge(job.kind(), 1L, Long::sum);
    Reply reply = job.reply();
    if (reply == null) {
      return;
    }
    String failure = failure(job.production(), reply);
    if (failure != null) {
      replayFailed++;
      replayFailure = replayFailure == null ? failure : replayFailure;
      return;
    }
    compare(job.production(), reply);
  }

  private static @Nullable String failure(ProductionAnswer before, Reply reply) {
    if (reply.failure() != null || reply.rows().size() == before.rows().size()) {
      return reply.failure();
    }
    return "it answered %d rows, production %d"
        .formatted(reply.rows().size(), before.rows().size());
  }

  private void compare(ProductionAnswer before, Reply reply) {
    compared++;
    versions.merge(before.version(), 1L, Long::sum);
    production.addAll(before.rows());
    replay.addAll(reply.rows());
    latencies.add(before.latencySeconds());
    if (before.computed()) {
      productionCalls.add(before.callSeconds());
      replayCalls.add(reply.callSeconds());
      productionSeconds += before.modelSeconds();
      replaySeconds += reply.modelSeconds();
    }
  }

  ReplayReport.Requests requests() {
    return new ReplayReport.Requests(
        kinds.values().stream().mapToLong(Long::longValue).sum(),
        compared,
        count(RequestKind.PINNED),
        count(RequestKind.CANCELLED),
        count(RequestKind.EXPIRED),
        count(RequestKind.FAILED),
        count(RequestKind.UNANSWERED),
        count(RequestKind.OTHER_OUTPUTS),
        replayFailed,
        replayFailure);
  }

  /** Null when nothing was compared. */
  ReplayReport.@Nullable Answers answers(@Nullable Double pricePerHour) {
    if (production.isEmpty()) {
      return null;
    }
    return new ReplayReport.Answers(
        production.size(),
        (double)
                IntStream.range(0, production.size())
                    .filter(i -> production.get(i).label().equals(replay.get(i).label()))
                    .count()
            / production.size(),
        versions,
        labels(),
        changes(),
        OutputDrift.ofCategories(labels(production), labels(replay)),
        OutputDrift.ofNumbers(confidences(production), confidences(replay)),
        new ReplayReport.Confidences(histogram(production), histogram(replay)),
        new ReplayReport.Timing(
            Latency.of(latencies), Latency.of(productionCalls), Latency.of(replayCalls)),
        ReplayReport.Cost.of(
            productionCalls.size(), productionSeconds, replaySeconds, pricePerHour));
  }

  private long count(RequestKind kind) {
    return kinds.getOrDefault(kind, 0L);
  }

  private List<ReplayReport.LabelShare> labels() {
    Map<String, Long> before = counts(production);
    Map<String, Long> after = counts(replay);
    SortedSet<String> labels = new TreeSet<>(before.keySet());
    labels.addAll(after.keySet());
    return labels.stream()
        .map(
            label ->
                new ReplayReport.LabelShare(
                    label, before.getOrDefault(label, 0L), after.getOrDefault(label, 0L)))
        .sorted(
            Comparator.comparingLong(
                (ReplayReport.LabelShare share) -> -Math.abs(share.production() - share.replay())))
        .toList();
  }

  private List<ReplayReport.Change> changes() {
    Map<String, Map<String, Long>> changes = new TreeMap<>();
    for (int i = 0; i < production.size(); i++) {
      String from = production.get(i).label();
      String to = replay.get(i).label();
      if (!from.equals(to)) {
        changes.computeIfAbsent(from, key -> new TreeMap<>()).merge(to, 1L, Long::sum);
      }
    }
    List<ReplayReport.Change> list = new ArrayList<>();
    changes.forEach(
        (from, targets) ->
            targets.forEach((to, rows) -> list.add(new ReplayReport.Change(from, to, rows))));
    list.sort(Comparator.comparingLong((ReplayReport.Change change) -> -change.rows()));
    return List.copyOf(list.subList(0, Math.min(list.size(), MOST_CHANGES)));
  }

  private static Map<String, Long> counts(List<Classification> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(Classification::label, TreeMap::new, Collectors.counting()));
  }

  private static List<String> labels(List<Classification> rows) {
    return rows.stream().map(Classification::label).toList();
  }

  private static double[] confidences(List<Classification> rows) {
    return rows.stream().mapToDouble(Classification::confidence).toArray();
  }

  private static List<Long> histogram(List<Classification> rows) {
    long[] bins = new long[CONFIDENCE_BINS];
    for (Classification row : rows) {
      int bin = (int) (row.confidence() * CONFIDENCE_BINS);
      bins[Math.min(Math.max(bin, 0), CONFIDENCE_BINS - 1)]++;
    }
    return Arrays.stream(bins).boxed().toList();
  }
}
