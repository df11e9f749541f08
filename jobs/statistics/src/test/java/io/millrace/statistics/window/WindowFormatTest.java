package io.millrace.statistics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.statistics.profile.ReferenceProfile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Format version 1, which lies in the state of running jobs, stays readable. */
class WindowFormatTest {

  @Test
  void readsTheFeaturesOfVersionOne() throws IOException {
    // When
    FeatureSummaries read = FeatureSummaries.of(golden("features-v1.base64"), null);

    // Then
    assertThat(read.rows()).isEqualTo(5);
    NumericDistribution number = Objects.requireNonNull(read.numbers().get("x"));
    assertThat(number.n()).isEqualTo(4);
    assertThat(number.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(4);
    assertThat(Objects.requireNonNull(number.sample()).values()).containsExactly(-1, 0.5, 2, 99);
    assertThat(Objects.requireNonNull(read.categories().get("label")).counts())
        .isEqualTo(Map.of("a", 3L, "b", 2L));
    VectorDistribution vector = Objects.requireNonNull(read.vectors().get("embedding"));
    assertThat(vector.n()).isEqualTo(5);
    assertThat(vector.moments().mean()).containsExactly(3, 1);
    assertThat(vector.sample()).hasSize(5);
  }

  @Test
  void writesTheFeaturesOfVersionOne() throws IOException {
    assertThat(features().toBytes()).isEqualTo(golden("features-v1.base64"));
  }

  @Test
  void readsAndWritesQualityAndCostOfVersionOne() throws IOException {
    assertThat(quality().toBytes()).isEqualTo(golden("quality-v1.base64"));
    assertThat(QualityAssessment.assess(QualitySummary.of(golden("quality-v1.base64"))))
        .isEqualTo(QualityAssessment.assess(quality()));
    assertThat(cost().toBytes()).isEqualTo(golden("cost-v1.base64"));
    assertThat(CostSummary.of(golden("cost-v1.base64")).tenants()).isEqualTo(cost().tenants());
  }

  @Test
  void refusesAnUnknownVersion() {
    byte[] bytes = features().toBytes();
    bytes[2] = 2;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureSummaries.of(bytes, null))
        .withMessage("A summary of features has format version 2, expected 1");
  }

  @Test
  void refusesAnotherSummary() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QualitySummary.of(cost().toBytes()))
        .withMessageContaining("no summary of quality, expected them to start with MQ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 10, 60, 150})
  void refusesWhatIsCutShort(int length) {
    byte[] bytes = Arrays.copyOf(features().toBytes(), length);
    assertThatIllegalArgumentException().isThrownBy(() -> FeatureSummaries.of(bytes, null));
  }

  @Test
  void refusesWhatFollowsTheEnd() {
    byte[] bytes = cost().toBytes();
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CostSummary.of(longer))
        .withMessage("A summary of cost is damaged: 1 bytes follow its end");
  }

  static FeatureSummaries features() {
    ReferenceProfile profile =
        ReferenceProfile.of(Map.of("x", new double[] {0, 1, 2, 3}), Map.of(), Map.of());
    FeatureSummaries summary = FeatureSummaries.of(profile);
    double[] values = {0.5, 2, 99, -1, Double.NaN};
    List<String> labels = List.of("a", "b", "a", "a", "b");
    for (int i = 0; i < values.length; i++) {
      summary.add(
          new Row(
              Map.of("x", values[i]),
              Map.of("label", labels.get(i)),
              Map.of("embedding", new float[] {i + 1, 1})));
    }
    return summary;
  }

  static QualitySummary quality() {
    QualitySummary quality = new QualitySummary();
    quality.answered("a", 0.9, 0.8);
    quality.answered("b", 0.6, Double.NaN);
    quality.labelled("a", 0.9, "b", 12.5);
    quality.labelled("b", 0.6, "b", 3_600);
    return quality;
  }

  static CostSummary cost() {
    CostSummary cost = new CostSummary();
    cost.counted("acme", Origin.COMPUTED);
    cost.counted("acme", Origin.CACHED);
    cost.computed("acme", 12, 16, 0.004);
    cost.saved("acme", SavedBy.CACHE, 0.004, 0.004);
    cost.saved("acme", SavedBy.BATCHING, 0.004, -0.001);
    cost.counted("zoo", Origin.FAILED);
    return cost;
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = WindowFormatTest.class.getResourceAsStream(name)) {
      return Base64.getMimeDecoder().decode(Objects.requireNonNull(in, name).readAllBytes());
    }
  }
}
