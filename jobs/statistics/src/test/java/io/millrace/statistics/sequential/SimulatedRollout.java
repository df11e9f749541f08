package io.millrace.statistics.sequential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A rollout of which every observation is looked at: a shadow, then steps, with the guards on
 * errors, latency, accuracy and agreement that the API sets by default and their parts of an alpha
 * of 0.05.
 */
final class SimulatedRollout {

  /** How it ended, and after how many observations of both versions together. */
  record End(boolean rolledBack, boolean promoted, int observations) {}

  private static final double ALPHA = 0.05;
  private static final NonInferiority ERRORS = rule(ALPHA * 3 / 6, 0.02, 0.01);
  private static final NonInferiority LATENCY = rule(ALPHA / 6, 0.05, 0.05);
  private static final NonInferiority ACCURACY = rule(ALPHA / 6, 0.05, 0.02);
  private static final NonInferiority AGREEMENT = rule(ALPHA / 6, 0.05, 0);

  private static final double[] STEPS = {0.2, 0.5};
  private static final int PROGRESS_EVERY = 50;
  private static final int MOST = 25_000;

  private final SplittableRandom random;

  SimulatedRollout(long seed) {
    random = new SplittableRandom(seed);
  }

  private static NonInferiority rule(double alpha, double effect, double margin) {
    return new NonInferiority(ConfidenceSequence.eachEnd(alpha, effect), margin, 500, 20);
  }

  /** Both versions: 1% errors, 1% slow, 5% wrong; half of the answers get a label. */
  End ofEquals() {
    int observations = 0;
    Compared shadowErrors = new Compared(ERRORS);
    BinomialCounts pairs = BinomialCounts.NONE;
    do {
      shadowErrors.add(false, happens(0.01));
      shadowErrors.add(true, happens(0.01));
      pairs = pairs.plus(happens(0.03));
      observations += 2;
      if (shadowErrors.isWorse() || agreement(pairs) == Verdict.WORSE) {
        return new End(true, false, observations);
      }
    } while (shadowErrors.verdict() != Verdict.NOT_WORSE || agreement(pairs) != Verdict.NOT_WORSE);
    Compared errors = new Compared(ERRORS);
    Compared slow = new Compared(LATENCY);
    Compared wrong = new Compared(ACCURACY);
    for (double weight : STEPS) {
      errors.beginStratum();
      slow.beginStratum();
      wrong.beginStratum();
      do {
        boolean candidate = happens(weight);
        errors.add(candidate, happens(0.01));
        slow.add(candidate, happens(0.01));
        if (happens(0.5)) {
          wrong.add(candidate, happens(0.05));
        }
        if (errors.isWorse() || slow.isWorse() || wrong.isWorse()) {
          return new End(true, false, observations);
        }
        if (++observations >= MOST) {
          return new End(false, false, observations);
        }
      } while (observations % PROGRESS_EVERY != 0
          || errors.fewestOfStratum() < 500
          || errors.verdict() != Verdict.NOT_WORSE
          || slow.verdict() != Verdict.NOT_WORSE
          || (wrong.verdict() != Verdict.NOT_WORSE && wrong.verdict() != Verdict.INSUFFICIENT));
    }
    return new End(false, true, observations);
  }

  private static Verdict agreement(BinomialCounts pairs) {
    return AGREEMENT.judge(Estimate.ofShareAbove(pairs, 0.1), pairs.observations(), pairs.events());
  }

  /** At 50:50, until an error rate is found to be worse, by a given rule. */
  End ofErrors(double production, double candidate, NonInferiority rule, int most) {
    Compared errors = new Compared(rule);
    errors.beginStratum();
    for (int observations = 1; observations <= most; observations++) {
      boolean isCandidate = happens(0.5);
      errors.add(isCandidate, happens(isCandidate ? candidate : production));
      if (errors.isWorse()) {
        return new End(true, false, observations);
      }
    }
    return new End(false, false, most);
  }

  /** The same with a one-sided z-test at 5%, as if each look were the only one. */
  End ofErrorsByFixedTest(double production, double candidate, int most) {
    BinomialCounts[] arms = {BinomialCounts.NONE, BinomialCounts.NONE};
    for (int observations = 1; observations <= most; observations++) {
      int arm = happens(0.5) ? 1 : 0;
      arms[arm] = arms[arm].plus(happens(arm == 1 ? candidate : production));
      Estimate difference = Estimate.ofDifference(arms[1], arms[0]);
      boolean enough =
          Math.min(arms[0].observations(), arms[1].observations()) >= 500
              && arms[0].events() + arms[1].events() >= 20;
      if (enough && difference.difference() * Math.sqrt(difference.precision()) > 1.645) {
        return new End(true, false, observations);
      }
    }
    return new End(false, false, most);
  }

  private boolean happens(double share) {
    return random.nextDouble() < share;
  }

  /** A metric over strata, as the controller adds them up. */
  private static final class Compared {

    private final NonInferiority rule;
    private final List<BinomialCounts[]> strata = new ArrayList<>();
    private final List<Estimate> estimates = new ArrayList<>();
    private BinomialCounts production = BinomialCounts.NONE;
    private BinomialCounts candidate = BinomialCounts.NONE;

    Compared(NonInferiority rule) {
      this.rule = rule;
    }

    void beginStratum() {
      strata.add(new BinomialCounts[] {BinomialCounts.NONE, BinomialCounts.NONE});
      estimates.add(new Estimate(0, 0));
    }

    void add(boolean toCandidate, boolean event) {
      if (strata.isEmpty()) {
        beginStratum();
      }
      BinomialCounts[] stratum = strata.get(strata.size() - 1);
      int arm = toCandidate ? 1 : 0;
      stratum[arm] = stratum[arm].plus(event);
      estimates.set(estimates.size() - 1, Estimate.ofDifference(stratum[1], stratum[0]));
      if (toCandidate) {
        candidate = candidate.plus(event);
      } else {
        production = production.plus(event);
      }
    }

    long fewestOfStratum() {
      BinomialCounts[] stratum = strata.get(strata.size() - 1);
      return Math.min(stratum[0].observations(), stratum[1].observations());
    }

    boolean isWorse() {
      // Most looks need no more than this: an interval around 0 or less does not lie above it.
      return Estimate.ofStrata(estimates).difference() > 0 && verdict() == Verdict.WORSE;
    }

    Verdict verdict() {
      return rule.judge(
          Estimate.ofStrata(estimates),
          Math.min(production.observations(), candidate.observations()),
          production.events() + candidate.events());
    }
  }
}
