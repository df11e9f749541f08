package io.millrace.inference.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputsTest {

  @Test
  void classifiersAgreeWhenTheLabelsOfAllRowsAreTheSame() {
    assertThat(Outputs.agree(classified(0.9f, "a", "b"), classified(0.5f, "a", "b"))).isTrue();
    assertThat(Outputs.agree(classified(0.9f, "a", "b"), classified(0.9f, "a", "c"))).isFalse();
    assertThat(Outputs.agree(classified(0.9f, "a", "b"), classified(0.9f, "a"))).isFalse();
  }

  @Test
  void encodersAgreeWhenTheVectorsOfAllRowsPointTheSameWay() {
    assertThat(Outputs.agree(embedded(2, 1, 0, 0, 1), embedded(2, 5, 0.5f, 0, 3))).isTrue();
    assertThat(Outputs.agree(embedded(2, 1, 0, 0, 1), embedded(2, 1, 0, 1, 1))).isFalse();
    assertThat(Outputs.agree(embedded(2, 1, 0, 0, 1), embedded(2, 1, 0, 0, 0))).isFalse();
  }

  @Test
  void otherModelsAgreeWhenTheirNumbersDifferByAThousandthAtMost() {
    assertThat(Outputs.agree(scores(1000, 0, -2), scores(1001, 0, -2.001f))).isTrue();
    assertThat(Outputs.agree(scores(1000, 0, -2), scores(1002, 0, -2))).isFalse();
    assertThat(Outputs.agree(scores(1000, 0, -2), scores(1000, 1e-9f, -2))).isFalse();
    assertThat(Outputs.agree(scores(1), List.of())).isFalse();
    assertThat(Outputs.agree(scores(1), embedded(1, 1))).isFalse();
  }

  @Test
  void theLabelIsOfASingleRow() {
    assertThat(Outputs.label(classified(0.9f, "a"))).isEqualTo("a");
    assertThat(Outputs.label(classified(0.9f, "a", "b"))).isNull();
    assertThat(Outputs.label(scores(1))).isNull();
  }

  private static List<Tensor> classified(float confidence, String... labels) {
    return List.of(
        Tensors.ofStrings("label", List.of(labels)),
        Tensors.ofFloats("confidence", new long[] {1}, new float[] {confidence}));
  }

  private static List<Tensor> embedded(int rows, float... values) {
    return List.of(Tensors.ofFloats("embedding", new long[] {rows, values.length / rows}, values));
  }

  private static List<Tensor> scores(float... values) {
    return List.of(Tensors.ofFloats("scores", new long[] {values.length}, values));
  }
}
