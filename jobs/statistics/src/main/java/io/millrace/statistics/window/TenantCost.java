package io.millrace.statistics.window;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the answers to one tenant cost.
 *
 * @param answers by origin; all of them
 * @param tokens of computed answers, without padding
 * @param paddedTokens of computed answers
 * @param computeSeconds time in model calls
 * @param savings of the kinds that there are
 */
public record TenantCost(
    Map<Origin, Long> answers,
    long tokens,
    long paddedTokens,
    double computeSeconds,
    Map<SavedBy, Saving> savings) {

  public TenantCost {
    Map<Origin, Long> counts = new EnumMap<>(Origin.class);
    counts.putAll(answers);
    answers = Collections.unmodifiableMap(counts);
    Map<SavedBy, Saving> copies = new EnumMap<>(SavedBy.class);
    copies.putAll(savings);
    savings = Collections.unmodifiableMap(copies);
  }
}
