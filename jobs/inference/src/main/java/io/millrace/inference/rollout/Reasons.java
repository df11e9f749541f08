package io.millrace.inference.rollout;

import io.millrace.schemas.avro.ArmCounts;
import io.millrace.schemas.avro.MetricEvidence;
import io.millrace.schemas.avro.RolloutMetric;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says evidence in a sentence. */
final class Reasons {

  private Reasons() {}

  static String of(List<MetricEvidence> evidence) {
    return evidence.isEmpty()
        ? "no metric is guarded"
        : evidence.stream().map(Reasons::of).collect(Collectors.joining("; "));
  }

  private static String of(MetricEvidence evidence) {
    String name = evidence.getMetric().name().toLowerCase(Locale.ROOT);
    String verdict = evidence.getVerdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String shares =
        evidence.getMetric() == RolloutMetric.AGREEMENT
            ? "%s differ".formatted(share(evidence.getCandidate()))
            : "candidate %s, production %s"
                .formatted(share(evidence.getCandidate()), share(evidence.getProduction()));
    return "%s %s: %s, difference %s in [%s, %s]"
        .formatted(
            name,
            verdict,
            shares,
            number(evidence.getDifference()),
            number(evidence.getLower()),
            number(evidence.getUpper()));
  }

  private static String share(ArmCounts counts) {
    return "%d of %d".formatted(counts.getEvents(), counts.getObservations());
  }

  private static String number(@Nullable Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.4f", value);
  }
}
