package io.millrace.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.training.HeadTrainer.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeadTrainerTest {

  private final List<float[]> vectors =
      IntStream.range(0, 60).mapToObj(HeadTrainerTest::corner).toList();
  private final List<String> labels =
      IntStream.range(0, 60).mapToObj(i -> List.of("x", "y", "z").get(i % 3)).toList();

  @Test
  void namesEveryLabelOnceInTheOrderOfTheOutputs() {
    // When
    Head head = HeadTrainer.train(vectors, labels, (done, total) -> {});

    // Then
    assertThat(head.labels()).containsExactlyInAnyOrder("x", "y", "z");
    assertThat(head.onnx().getGraph().getInput(0).getType().getTensorType().getShape().getDim(1))
        .satisfies(dimension -> assertThat(dimension.getDimValue()).isEqualTo(12));
  }

  @Test
  void givesTheSameBytesEachTime() {
    // When
    Head first = HeadTrainer.train(vectors, labels, (done, total) -> {});
    Head second = HeadTrainer.train(vectors, labels, (done, total) -> {});

    // Then
    assertThat(second.onnx().toByteString()).isEqualTo(first.onnx().toByteString());
  }

  @Test
  void reportsEveryStep() {
    // Given
    List<Long> steps = new ArrayList<>();

    // When
    HeadTrainer.train(
        vectors,
        labels,
        (done, total) -> {
          steps.add(done);
          assertThat(total).isEqualTo(60L * HeadTrainer.epochs(60));
        });

    // Then
    assertThat(steps).hasSize(60 * HeadTrainer.epochs(60)).endsWith((long) steps.size());
  }

  @Test
  void seesSmallDataMoreOften() {
    assertThat(HeadTrainer.epochs(10)).isEqualTo(50);
    assertThat(HeadTrainer.epochs(1050)).isEqualTo(19);
    assertThat(HeadTrainer.epochs(10_003)).isEqualTo(10);
  }

  private static float[] corner(int i) {
    float[] vector = new float[12];
    vector[i % 3] = 1;
    vector[3 + i % 9] = 0.1f;
    return vector;
  }
}
