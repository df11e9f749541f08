package io.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.onnx.WarmUp.Batch;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static final BatchingHints BATCHING =
      new BatchingHints(16, 2_048, List.of(16, 64, 128, 512));

  @Test
  void aProcessorGetsTwoShortRowsAndALongOne() {
    assertThat(WarmUp.batches(BATCHING, 256, false))
        .containsExactly(new Batch(2, 16), new Batch(1, 256));
  }

  @Test
  void aGpuGetsFullBatches() {
    assertThat(WarmUp.batches(BATCHING, 256, true))
        .containsExactly(new Batch(16, 16), new Batch(16, 128), new Batch(8, 256));
  }

  @Test
  void aModelThatTakesOneRowGetsOne() {
    assertThat(WarmUp.batches(new BatchingHints(1, 64, List.of(64)), 256, false))
        .containsExactly(new Batch(1, 64));
  }
}
