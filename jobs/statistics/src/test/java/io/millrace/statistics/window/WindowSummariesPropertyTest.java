package io.millrace.statistics.window;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.statistics.profile.Moments;
import io.millrace.statistics.profile.ReferenceProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However a window is split, and in whatever order its parts merge: it is the same. */
class WindowSummariesPropertyTest {

  private static final ReferenceProfile PROFILE = Rows.profile(Rows.draw(300, 1));

  @Property(tries = 50)
  void featuresMergeInAnyOrder(
      @ForAll @IntRange(min = 0, max = 1_500) int n,
      @ForAll @IntRange(min = 1, max = 12) int parts,
      @ForAll long seed) {
    // Given
    List<Row> rows = Rows.draw(n, seed);
    FeatureSummaries once = Rows.summary(rows, PROFILE);
    Random random = new Random(seed);
    List<FeatureSummaries> split =
        new ArrayList<>(
            IntStream.range(0, parts).mapToObj(i -> FeatureSummaries.of(PROFILE)).toList());
    rows.forEach(row -> split.get(random.nextInt(parts)).add(row));
    Collections.shuffle(split, random);

    // When
    FeatureSummaries merged = FeatureSummaries.of(PROFILE);
    split.forEach(part -> merged.merge(FeatureSummaries.of(part.toBytes(), PROFILE)));

    // Then
    assertThat(merged.rows()).isEqualTo(n);
    assertThat(merged.categories()).isEqualTo(once.categories());
    assertThat(merged.numbers().keySet()).isEqualTo(once.numbers().keySet());
    once.numbers()
        .forEach(
            (feature, whole) -> assertSame(requireNonNull(merged.numbers().get(feature)), whole));
    once.vectors()
        .forEach(
            (feature, whole) -> {
              VectorDistribution other = requireNonNull(merged.vectors().get(feature));
              assertThat(other.n()).isEqualTo(whole.n());
              assertThat(other.sample()).hasSameSizeAs(whole.sample());
              assertThat(other.moments().mean())
                  .containsExactly(whole.moments().mean(), within(1e-9));
              assertThat(other.moments().m2()).containsExactly(whole.moments().m2(), within(1e-6));
            });
  }

  @Property(tries = 30)
  void bytesAreTheSummary(@ForAll @IntRange(min = 0, max = 3_000) int n, @ForAll long seed) {
    // Given
    FeatureSummaries summary = Rows.summary(Rows.draw(n, seed), PROFILE);

    // When
    FeatureSummaries read = FeatureSummaries.of(summary.toBytes(), PROFILE);

    // Then
    assertThat(read.toBytes()).isEqualTo(summary.toBytes());
  }

  @Property(tries = 50)
  void qualityAndCostMergeInAnyOrderToTheLastBit(
      @ForAll @IntRange(min = 0, max = 500) int n,
      @ForAll @IntRange(min = 1, max = 8) int parts,
      @ForAll long seed) {
    // Given answers and their labels in any part
    Random random = new Random(seed);
    QualitySummary quality = new QualitySummary();
    CostSummary cost = new CostSummary();
    List<QualitySummary> qualities = new ArrayList<>();
    List<CostSummary> costs = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      qualities.add(new QualitySummary());
      costs.add(new CostSummary());
    }
    for (int i = 0; i < n; i++) {
      count(random.nextLong(), quality, quality, cost);
    }
    random.setSeed(seed);
    for (int i = 0; i < n; i++) {
      long row = random.nextLong();
      Random where = new Random(row);
      count(
          row,
          qualities.get(where.nextInt(parts)),
          qualities.get(where.nextInt(parts)),
          costs.get(where.nextInt(parts)));
    }
    Collections.shuffle(qualities, random);
    Collections.shuffle(costs, random);

    // When
    QualitySummary mergedQuality = new QualitySummary();
    qualities.forEach(part -> mergedQuality.merge(QualitySummary.of(part.toBytes())));
    CostSummary mergedCost = new CostSummary();
    costs.forEach(part -> mergedCost.merge(CostSummary.of(part.toBytes())));

    // Then
    assertThat(mergedQuality.toBytes()).isEqualTo(quality.toBytes());
    assertThat(QualityAssessment.assess(mergedQuality))
        .isEqualTo(QualityAssessment.assess(quality));
    assertThat(mergedCost.toBytes()).isEqualTo(cost.toBytes());
  }

  private static void count(
      long row, QualitySummary answers, QualitySummary labels, CostSummary cost) {
    Random random = new Random(row + 1);
    String label = "class " + random.nextInt(5);
    double confidence = random.nextDouble();
    answers.answered(label, confidence, confidence * confidence);
    if (random.nextBoolean()) {
      labels.labelled(label, confidence, "class " + random.nextInt(5), random.nextDouble() * 1e4);
    }
    String tenant = "tenant " + random.nextInt(3);
    Origin[] origins = Origin.values();
    cost.counted(tenant, origins[random.nextInt(origins.length)]);
    cost.computed(tenant, random.nextInt(60), 64, random.nextDouble() / 100);
    cost.saved(tenant, SavedBy.BATCHING, random.nextDouble(), random.nextDouble() - 0.5);
  }

  private static void assertSame(NumericDistribution merged, NumericDistribution whole) {
    assertThat(merged.n()).isEqualTo(whole.n());
    assertThat(merged.counts()).isEqualTo(whole.counts());
    Moments moments = requireNonNull(merged.moments());
    Moments expected = requireNonNull(whole.moments());
    assertThat(moments.min()).isEqualTo(expected.min());
    assertThat(moments.max()).isEqualTo(expected.max());
    assertThat(moments.mean()).isCloseTo(expected.mean(), within(1e-9));
    assertThat(moments.deviation()).isCloseTo(expected.deviation(), within(1e-9));
    assertThat(moments.skewness()).isCloseTo(expected.skewness(), within(1e-6));
  }
}
