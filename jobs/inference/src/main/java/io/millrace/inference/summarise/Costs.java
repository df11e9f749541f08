package io.millrace.inference.summarise;

import io.millrace.inference.cost.Savings;
import io.millrace.inference.observe.Sample;
import io.millrace.schemas.avro.Execution;
import io.millrace.statistics.window.CostSummary;
import io.millrace.statistics.window.Origin;
import io.millrace.statistics.window.SavedBy;
import java.util.Optional;

/** What one sample adds to the costs of its tenant: {@code docs/cost.md}. */
final class Costs {

  private Costs() {}

  static void add(Sample sample, CostSummary cost) {
    String tenant = sample.tenant();
    Origin origin = origin(sample);
    cost.counted(tenant, origin);
    Execution call = sample.execution();
    if (call != null) {
      cost.computed(tenant, call.getTokens(), call.getPaddedTokens(), call.getComputeSeconds());
    }
    if (sample.origin() != null) {
      Savings.of(
              sample.origin(),
              call == null ? sample.original() : call,
              Optional.ofNullable(sample.source()))
          .forEach(
              saving ->
                  cost.saved(
                      tenant,
                      SavedBy.valueOf(saving.by().name()),
                      saving.aloneSeconds(),
                      saving.savedSeconds()));
    }
  }

  private static Origin origin(Sample sample) {
    if (sample.origin() == null) {
      return Origin.FAILED;
    }
    return switch (sample.origin()) {
      case COMPUTED -> Origin.COMPUTED;
      case CACHED -> Origin.CACHED;
      case COALESCED -> Origin.COALESCED;
      case FALLBACK -> Origin.FALLBACK;
      case STALE -> Origin.STALE;
    };
  }
}
