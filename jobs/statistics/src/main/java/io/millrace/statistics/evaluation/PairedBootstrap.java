package io.millrace.statistics.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Percentile intervals of the differences between two versions, candidate minus production. Each
 * resample draws rows with replacement and takes both versions' answers to them, so what makes a
 * row hard for both cancels out.
 *
 * @param resamples how often rows are drawn
 * @param seed the same one gives the same intervals
 * @param level of the intervals, such as 0.95
 * @see <a href="https://doi.org/10.1201/9780429246593">Efron, Tibshirani: An Introduction to the
 *     Bootstrap (1993), chapter 13</a>
 */
public record PairedBootstrap(int resamples, long seed, double level) {

  /** 2,000 resamples, 95%. */
  public static final PairedBootstrap DEFAULT = new PairedBootstrap(2_000, 20_170_604L, 0.95);

  public PairedBootstrap {
    if (resamples < 1 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "%d resamples at level %s, expected at least 1 and a level between 0 and 1"
              .formatted(resamples, level));
    }
  }

  /**
   * A difference and where it may lie.
   *
   * @param estimate of all rows
   */
  public record Interval(double estimate, double lower, double upper) {}

  /** The differences of the means over the rows. */
  public record Differences(Interval accuracy, Interval macroF1, Interval logLoss) {}

  /**
   * The intervals.
   *
   * @param rows at least one
   */
  public Differences differences(List<PairedRow> rows) {
    Table table = new Table(rows);
    double[] accuracy = new double[resamples];
    double[] macroF1 = new double[resamples];
    double[] logLoss = new double[resamples];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < resamples; i++) {
      Resample drawn = table.sample(random);
      accuracy[i] = drawn.accuracy();
      macroF1[i] = drawn.macroF1();
      logLoss[i] = drawn.logLoss();
    }
    Resample all = table.all();
    return new Differences(
        interval(all.accuracy(), accuracy),
        interval(all.macroF1(), macroF1),
        interval(all.logLoss(), logLoss));
  }

  private Interval interval(double estimate, double[] differences) {
    Quantiles quantiles = new Quantiles(differences);
    double tail = (1 - level) / 2;
    return new Interval(estimate, quantiles.at(tail), quantiles.at(1 - tail));
  }

  /** Differences of one set of rows. */
  private record Resample(double accuracy, double macroF1, double logLoss) {}

  /** The rows with classes as numbers: thousands of resamples of thousands of rows are drawn. */
  private static final class Table {
    private final Map<String, Integer> classes = new HashMap<>();
    private final int[] labels;
    private final int[] production;
    private final int[] candidate;
    private final double[] lossDifferences;

    Table(List<PairedRow> rows) {
      labels = rows.stream().mapToInt(row -> number(row.label())).toArray();
      production = rows.stream().mapToInt(row -> number(row.production().predicted())).toArray();
      candidate = rows.stream().mapToInt(row -> number(row.candidate().predicted())).toArray();
      lossDifferences =
          rows.stream()
              .mapToDouble(row -> row.candidate().logLoss() - row.production().logLoss())
              .toArray();
    }

    private int number(String name) {
      return classes.computeIfAbsent(name, key -> classes.size());
    }

    Resample all() {
      int[] every = new int[labels.length];
      Arrays.setAll(every, row -> row);
      return resample(every);
    }

    Resample sample(SplittableRandom random) {
      int[] drawn = new int[labels.length];
      Arrays.setAll(drawn, i -> random.nextInt(labels.length));
      return resample(drawn);
    }

    private Resample resample(int[] drawn) {
      Counts before = new Counts(classes.size());
      Counts after = new Counts(classes.size());
      double loss = 0;
      for (int row : drawn) {
        before.add(labels[row], production[row]);
        after.add(labels[row], candidate[row]);
        loss += lossDifferences[row];
      }
      return new Resample(
          (double) (after.rightSum - before.rightSum) / drawn.length,
          after.macroF1() - before.macroF1(),
          loss / drawn.length);
    }
  }

  private static final class Counts {
    /** Rows that have the class plus rows that were given it. */
    private final int[] occurrences;

    private final int[] right;
    private int rightSum;

    Counts(int classes) {
      occurrences = new int[classes];
      right = new int[classes];
    }

    void add(int label, int predicted) {
      occurrences[label]++;
      occurrences[predicted]++;
      if (label == predicted) {
        right[label]++;
        rightSum++;
      }
    }

    double macroF1() {
      double sum = 0;
      int occurring = 0;
      for (int i = 0; i < right.length; i++) {
        if (occurrences[i] > 0) {
          sum += 2.0 * right[i] / occurrences[i];
          occurring++;
        }
      }
      return sum / occurring;
    }
  }
}
