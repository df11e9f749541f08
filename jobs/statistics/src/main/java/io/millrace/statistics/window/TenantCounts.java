package io.millrace.statistics.window;

import java.util.EnumMap;
import java.util.Map;

/** The sums of one tenant, which merge exactly, in any order: seconds are whole billionths. */
final class TenantCounts {

  private final Map<Origin, Long> answers = new EnumMap<>(Origin.class);
  private long tokens;
  private long paddedTokens;
  private long compute;
  private final Map<SavedBy, SavingSums> savings = new EnumMap<>(SavedBy.class);

  static TenantCounts read(SummaryReader in) {
    TenantCounts read = new TenantCounts();
    int origins = in.size(3);
    for (int i = 0; i < origins; i++) {
      read.answers.put(in.name(Origin.class), in.count());
    }
    read.tokens = in.count();
    read.paddedTokens = in.count();
    read.compute = in.number();
    int kinds = in.size(3);
    for (int i = 0; i < kinds; i++) {
      read.savings.put(in.name(SavedBy.class), SavingSums.read(in));
    }
    return read;
  }

  void write(SummaryWriter out) {
    out.count(answers.size());
    answers.forEach((origin, count) -> out.text(origin.name()).count(count));
    out.count(tokens).count(paddedTokens).number(compute).count(savings.size());
    savings.forEach((by, sums) -> sums.write(out.text(by.name())));
  }

  void counted(Origin origin) {
    answers.merge(origin, 1L, Long::sum);
  }

  void computed(long moreTokens, long morePaddedTokens, double seconds) {
    tokens += moreTokens;
    paddedTokens += morePaddedTokens;
    compute += FixedPoint.of(seconds);
  }

  void saved(SavedBy by, double aloneSeconds, double savedSeconds) {
    add(by, new SavingSums(1, FixedPoint.of(aloneSeconds), FixedPoint.of(savedSeconds)));
  }

  void merge(TenantCounts other) {
    other.answers.forEach((origin, count) -> answers.merge(origin, count, Long::sum));
    tokens += other.tokens;
    paddedTokens += other.paddedTokens;
    compute += other.compute;
    other.savings.forEach(this::add);
  }

  TenantCost cost() {
    Map<Origin, Long> byOrigin = new EnumMap<>(Origin.class);
    for (Origin origin : Origin.values()) {
      byOrigin.put(origin, answers.getOrDefault(origin, 0L));
    }
    Map<SavedBy, Saving> byKind = new EnumMap<>(SavedBy.class);
    savings.forEach((by, sums) -> byKind.put(by, sums.saving()));
    return new TenantCost(byOrigin, tokens, paddedTokens, FixedPoint.value(compute), byKind);
  }

  private void add(SavedBy by, SavingSums sums) {
    savings.put(by, savings.getOrDefault(by, SavingSums.NONE).plus(sums));
  }
}
