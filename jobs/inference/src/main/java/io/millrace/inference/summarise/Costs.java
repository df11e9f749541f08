package io.millrace.inference.summarise;

import io.millrace.inference.observe.Sample;
import io.millrace.schemas.avro.Execution;
import io.millrace.statistics.window.CostSummary;
import io.millrace.statistics.window.Origin;
import io.millrace.statistics.window.SavedBy;

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
      Double alone = call.getAloneSeconds();
      if (alone != null) {
        cost.saved(tenant, SavedBy.BATCHING, alone, alone - call.getComputeSeconds());
      }
    }
    // A repeat cost nothing. What it would have cost is known of calls that say it.
    Execution original = sample.original();
    if (original != null && original.getAloneSeconds() != null) {
      double alone = original.getAloneSeconds();
      if (origin == Origin.CACHED) {
        cost.saved(tenant, SavedBy.CACHE, alone, alone);
      } else if (origin == Origin.COALESCED) {
        cost.saved(tenant, SavedBy.COALESCING, alone, alone);
      }
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
