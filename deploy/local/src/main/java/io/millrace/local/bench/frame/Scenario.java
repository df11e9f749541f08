package io.millrace.local.bench.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code millrace bench NAME} measures. */
public interface Scenario {

  String name();

  /** What it measures, a sentence or two for the help. */
  String about();

  /** What its figures are expected to be. */
  List<Target> targets();

  /** What it needs and was not given; null when it can run. */
  default @Nullable String missing(BenchOptions options) {
    return null;
  }

  /** Prepares, and says what is measured in turn. */
  List<Side> sides(BenchContext context) throws Exception;

  /**
   * What follows from the runs of one round, so that what the machine did meanwhile happened to
   * both sides of a ratio.
   *
   * @param round the figures of all sides, each below the name of its side
   */
  default Figures compare(Figures round) {
    return Figures.NONE;
  }
}
