package io.millrace.statistics.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A rising function that makes probabilities of scores: the one with the least squared error on a
 * sample of scores and outcomes, found by pooling adjacent violators. Between two scores of the
 * sample it is linear, outside of all as at the nearest, as scikit-learn's {@code
 * IsotonicRegression(out_of_bounds="clip")} has it, which NannyML calibrates with.
 *
 * @param thresholds scores, ascending, at least one
 * @param values at each threshold, not falling
 * @see <a
 *     href="https://scikit-learn.org/stable/modules/generated/sklearn.isotonic.IsotonicRegression.html">sklearn
 *     .isotonic.IsotonicRegression</a>; Zadrozny, Elkan (2002), KDD
 */
public record IsotonicRegression(List<Double> thresholds, List<Double> values) {

  public IsotonicRegression {
    thresholds = List.copyOf(thresholds);
    values = List.copyOf(values);
    if (thresholds.isEmpty() || thresholds.size() != values.size()) {
      throw new IllegalArgumentException(
          "Expected as many values as thresholds and at least one, found %d and %d"
              .formatted(values.size(), thresholds.size()));
    }
    for (int i = 1; i < values.size(); i++) {
      if (!(thresholds.get(i - 1) < thresholds.get(i) && values.get(i - 1) <= values.get(i))) {
        throw new IllegalArgumentException(
            "Expected thresholds that rise and values that do not fall");
      }
    }
  }

  /**
   * Fits a sample.
   *
   * @param scores at least one finite number
   * @param outcomes 0 or 1 (or a share), one a score
   */
  public static IsotonicRegression fit(double[] scores, double[] outcomes) {
    if (scores.length == 0 || scores.length != outcomes.length) {
      throw new IllegalArgumentException(
          "Expected one outcome a score and at least one, found %d of %d"
              .formatted(outcomes.length, scores.length));
    }
    List<Block> blocks = new ArrayList<>();
    for (Block block : blocksOfEqualScores(scores, outcomes)) {
      Block last = block;
      while (!blocks.isEmpty() && blocks.get(blocks.size() - 1).mean() >= last.mean()) {
        last = blocks.remove(blocks.size() - 1).with(last);
      }
      blocks.add(last);
    }
    List<Double> thresholds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (Block block : blocks) {
      thresholds.add(block.from);
      values.add(block.mean());
      if (block.to > block.from) {
        thresholds.add(block.to);
        values.add(block.mean());
      }
    }
    return new IsotonicRegression(thresholds, values);
  }

  /** The calibrated probability of a score; NaN for NaN. */
  public double predict(double score) {
    if (Double.isNaN(score)) {
      return Double.NaN;
    }
    int last = thresholds.size() - 1;
    if (score <= thresholds.get(0)) {
      return values.get(0);
    }
    if (score >= thresholds.get(last)) {
      return values.get(last);
    }
    int after = 1;
    int high = last;
    while (after < high) {
      int middle = (after + high) >>> 1;
      if (thresholds.get(middle) < score) {
        after = middle + 1;
      } else {
        high = middle;
      }
    }
    double from = thresholds.get(after - 1);
    double share = (score - from) / (thresholds.get(after) - from);
    double low = values.get(after - 1);
    return low + share * (values.get(after) - low);
  }

  private static List<Block> blocksOfEqualScores(double[] scores, double[] outcomes) {
    if (!Arrays.stream(scores).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("A score is not finite, expected finite numbers");
    }
    List<Block> blocks = new ArrayList<>();
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> scores[i]))
        .forEach(
            i -> {
              Block block = new Block(scores[i], scores[i], outcomes[i], 1);
              int last = blocks.size() - 1;
              if (last >= 0 && blocks.get(last).to == scores[i]) {
                blocks.set(last, blocks.get(last).with(block));
              } else {
                blocks.add(block);
              }
            });
    return blocks;
  }

  /** Neighbouring scores that share one value. */
  private record Block(double from, double to, double sum, long n) {

    double mean() {
      return sum / n;
    }

    Block with(Block next) {
      return new Block(from, next.to, sum + next.sum, n + next.n);
    }
  }
}
