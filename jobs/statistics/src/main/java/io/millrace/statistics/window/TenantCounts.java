package io.millrace.statistics.window;

import java.util.EnumMap;
import java.util.Map;

/** The sums of one tenant, which merge exactly, in any order: seconds are whole billionths. */
final class TenantCounts {

  private static final Origin[] ORIGINS = Origin.values();
  private static final SavedBy[] KINDS = SavedBy.values();

  private final long[] answers = new long[ORIGINS.length];
  private long tokens;
  private long paddedTokens;
  private long compute;
  private final long[] savedAnswers = new long[KINDS.length];
  private final long[] alone = new long[KINDS.length];
  private final long[] saved = new long[KINDS.length];

  /** Fewer origins or kinds than there are were written before those were added. */
  static TenantCounts read(SummaryReader in) {
    TenantCounts read = new TenantCounts();
    int origins = known(in, ORIGINS.length, "origins");
    for (int i = 0; i < origins; i++) {
      read.answers[i] = in.count();
    }
    read.tokens = in.count();
    read.paddedTokens = in.count();
    read.compute = in.number();
    int kinds = known(in, KINDS.length, "kinds of savings");
    for (int i = 0; i < kinds; i++) {
      read.savedAnswers[i] = in.count();
      read.alone[i] = in.number();
      read.saved[i] = in.number();
    }
    return read;
  }

  void write(SummaryWriter out) {
    out.counts(answers).count(tokens).count(paddedTokens).number(compute).count(KINDS.length);
    for (int i = 0; i < KINDS.length; i++) {
      out.count(savedAnswers[i]).number(alone[i]).number(saved[i]);
    }
  }

  void counted(Origin origin) {
    answers[origin.ordinal()]++;
  }

  void computed(long moreTokens, long morePaddedTokens, double seconds) {
    tokens += moreTokens;
    paddedTokens += morePaddedTokens;
    compute += FixedPoint.of(seconds);
  }

  void saved(SavedBy by, double aloneSeconds, double savedSeconds) {
    savedAnswers[by.ordinal()]++;
    alone[by.ordinal()] += FixedPoint.of(aloneSeconds);
    saved[by.ordinal()] += FixedPoint.of(savedSeconds);
  }

  void merge(TenantCounts other) {
    add(answers, other.answers);
    tokens += other.tokens;
    paddedTokens += other.paddedTokens;
    compute += other.compute;
    add(savedAnswers, other.savedAnswers);
    add(alone, other.alone);
    add(saved, other.saved);
  }

  TenantCost cost() {
    Map<Origin, Long> byOrigin = new EnumMap<>(Origin.class);
    for (Origin origin : ORIGINS) {
      byOrigin.put(origin, answers[origin.ordinal()]);
    }
    Map<SavedBy, Saving> savings = new EnumMap<>(SavedBy.class);
    for (SavedBy by : KINDS) {
      int i = by.ordinal();
      if (savedAnswers[i] > 0) {
        savings.put(
            by,
            new Saving(savedAnswers[i], FixedPoint.value(alone[i]), FixedPoint.value(saved[i])));
      }
    }
    return new TenantCost(byOrigin, tokens, paddedTokens, FixedPoint.value(compute), savings);
  }

  private static int known(SummaryReader in, int most, String what) {
    int size = in.size(1);
    if (size > most) {
      throw in.damaged("%d %s, expected at most %d".formatted(size, what, most));
    }
    return size;
  }

  private static void add(long[] sums, long[] more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more[i];
    }
  }
}
