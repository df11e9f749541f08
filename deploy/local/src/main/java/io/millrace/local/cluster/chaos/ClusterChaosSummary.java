package io.millrace.local.cluster.chaos;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.millrace.local.cluster.load.LoadReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What chaos came to; as JSON, keys are in snake case.
 *
 * @param accepted jobs that the API answered with 202
 * @param terminal those of them with a committed result
 * @param missing those without
 * @param duplicateResults committed results beyond the first of a job
 * @param lostAccepts accepted jobs that a poll at the end does not show as finished, or that have
 *     no committed result
 * @param failed accepted jobs whose result is not a success
 * @param recoverySeconds the longest of each victim, by its name in lower case; null when one of
 *     them did not recover
 * @param minutes of load
 * @param requestsPerSecond of the load
 * @param seed of texts and choices
 * @param unanswered submissions without an answer, made again as new jobs
 * @param refused submissions answered 429 or 503, made again
 * @param loadAverage of the machine at the end; negative when it is not known
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ClusterChaosSummary(
    long accepted,
    long terminal,
    long missing,
    long duplicateResults,
    long lostAccepts,
    long failed,
    Map<String, @Nullable Double> recoverySeconds,
    double minutes,
    double requestsPerSecond,
    long seed,
    long unanswered,
    long refused,
    double loadAverage) {

  static ClusterChaosSummary of(
      LoadReport load,
      List<KillReport> kills,
      Duration time,
      double requestsPerSecond,
      long seed,
      double loadAverage) {
    Map<String, @Nullable Double> recovery = new LinkedHashMap<>();
    for (Victim victim : Victim.values()) {
      List<@Nullable Double> seconds =
          kills.stream()
              .filter(kill -> kill.victim() == victim)
              .<@Nullable Double>map(KillReport::recoverySeconds)
              .toList();
      recovery.put(victim.name().toLowerCase(Locale.ROOT), longest(seconds));
    }
    return new ClusterChaosSummary(
        load.accepted(),
        load.terminal(),
        load.missing(),
        load.duplicateResults(),
        load.lostAccepts(),
        load.failed(),
        recovery,
        time.toMillis() / 60e3,
        requestsPerSecond,
        seed,
        load.calls().lost(),
        load.calls().refused(),
        loadAverage);
  }

  private static @Nullable Double longest(List<@Nullable Double> seconds) {
    return seconds.isEmpty() || seconds.stream().anyMatch(Objects::isNull)
        ? null
        : seconds.stream().mapToDouble(Objects::requireNonNull).max().getAsDouble();
  }
}
