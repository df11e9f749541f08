package io.millrace.statistics.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class DistancePropertyTest {

  private static final double CLOSE = 1e-9;

  @Property(tries = 200)
  void distancesOfSharesAreSymmetricAndBetween0And1(
      @ForAll("counts") int[] left, @ForAll("counts") int[] right) {
    double[] p = shares(left);
    double[] q = shares(right);

    double[] there = {
      JensenShannon.distance(p, q, LogBase.TWO),
      JensenShannon.distance(p, q, LogBase.NATURAL),
      Hellinger.distance(p, q),
      Hellinger.ofCoefficient(p, q),
      LInfinity.distance(p, q)
    };
    double[] back = {
      JensenShannon.distance(q, p, LogBase.TWO),
      JensenShannon.distance(q, p, LogBase.NATURAL),
      Hellinger.distance(q, p),
      Hellinger.ofCoefficient(q, p),
      LInfinity.distance(q, p)
    };

    assertThat(there).containsExactly(back, within(CLOSE));
    for (double distance : there) {
      assertThat(distance).isBetween(0.0, 1 + CLOSE);
    }
    assertThat(Psi.of(p, q)).isGreaterThanOrEqualTo(0).isCloseTo(Psi.of(q, p), within(CLOSE));
    assertThat(KullbackLeibler.of(p, q)).isGreaterThanOrEqualTo(-CLOSE);
    // The two forms of Hellinger's are one number for shares.
    assertThat(there[2] * there[2]).isCloseTo(there[3] * there[3], within(CLOSE));
  }

  @Property(tries = 100)
  void nothingIsFarFromItself(@ForAll("counts") int[] counts) {
    double[] p = shares(counts);

    assertThat(JensenShannon.distance(p, p, LogBase.TWO)).isZero();
    assertThat(Hellinger.distance(p, p)).isZero();
    assertThat(Hellinger.ofCoefficient(p, p)).isCloseTo(0, within(1e-7));
    assertThat(LInfinity.distance(p, p)).isZero();
    assertThat(Psi.of(p, p)).isZero();
    assertThat(KullbackLeibler.of(p, p)).isZero();
  }

  @Property(tries = 100)
  void theOrderOfBinsDoesNotMatter(@ForAll("counts") int[] left, @ForAll("counts") int[] right) {
    double[] p = shares(left);
    double[] q = shares(right);

    assertThat(JensenShannon.distance(reversed(p), reversed(q), LogBase.TWO))
        .isCloseTo(JensenShannon.distance(p, q, LogBase.TWO), within(CLOSE));
    assertThat(Psi.of(reversed(p), reversed(q))).isCloseTo(Psi.of(p, q), within(CLOSE));
  }

  @Property(tries = 200)
  void movingASampleAddsThatFarToTheWassersteinDistanceOfItself(
      @ForAll("values") double[] values, @ForAll @DoubleRange(min = -1e3, max = 1e3) double shift) {
    double[] moved = Arrays.stream(values).map(value -> value + shift).toArray();

    assertThat(Wasserstein.distance(values, moved)).isCloseTo(Math.abs(shift), within(1e-7));
    assertThat(Wasserstein.distance(moved, values))
        .isCloseTo(Wasserstein.distance(values, moved), within(1e-9));
  }

  @Property(tries = 100)
  void weightsAreRepeats(@ForAll("repeats") int[] weights) {
    double[] values = {3, -1, 4, 1, 5};
    double[] others = {0, 2};
    double[] repeated =
        Arrays.stream(new int[] {0, 1, 2, 3, 4})
            .boxed()
            .flatMapToDouble(i -> Arrays.stream(new double[weights[i]]).map(ignored -> values[i]))
            .toArray();

    assertThat(
            Wasserstein.distance(
                values,
                Arrays.stream(weights).asDoubleStream().toArray(),
                others,
                new double[] {1, 1}))
        .isCloseTo(Wasserstein.distance(repeated, others), within(CLOSE));
  }

  @Property(tries = 100)
  void cuttingBinsThatAreEvenlyFilledChangesNothing(
      @ForAll("filled") int[] counts, @ForAll("filled") int[] others) {
    double[] edges = {0, 1, 2, 4, 8};
    double[] halved = {0, 0.5, 1, 1.5, 2, 3, 4, 6, 8};
    double[] p = Arrays.stream(counts).asDoubleStream().toArray();
    double[] q = Arrays.stream(others).asDoubleStream().toArray();
    double[] halves = new double[8];
    Arrays.setAll(halves, i -> q[i / 2] / 2);

    assertThat(RebinnedJensenShannon.divergence(edges, p, halved, halves))
        .isCloseTo(JensenShannon.divergence(p, q, LogBase.TWO), within(CLOSE));
  }

  @Provide
  Arbitrary<int[]> counts() {
    return Arbitraries.integers().between(0, 1_000).array(int[].class).ofSize(7);
  }

  @Provide
  Arbitrary<int[]> filled() {
    return Arbitraries.integers().between(1, 100).array(int[].class).ofSize(4);
  }

  @Provide
  Arbitrary<int[]> repeats() {
    return Arbitraries.integers().between(1, 4).array(int[].class).ofSize(5);
  }

  @Provide
  Arbitrary<double[]> values() {
    return Arbitraries.doubles()
        .between(-1e3, 1e3)
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static double[] shares(int[] counts) {
    Assume.that(Arrays.stream(counts).sum() > 0);
    return Shares.of(Arrays.stream(counts).asLongStream().toArray());
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }
}
