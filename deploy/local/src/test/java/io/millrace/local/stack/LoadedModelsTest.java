package io.millrace.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.ModelVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {

  private static final LoadedModels MODELS =
      new LoadedModels(
          List.of(new ModelVersion("a-model", "1.0.0"), new ModelVersion("b", "2.0.0")));

  @Test
  void allVersionsMustBeLoadedInAllSubtasks() {
    assertThat(MODELS.allLoaded("")).isFalse();
    assertThat(MODELS.allLoaded(sample("a-model", "1.0.0", 0, 1))).isFalse();
    assertThat(
            MODELS.allLoaded(
                sample("a-model", "1.0.0", 0, 1)
                    + sample("a-model", "1.0.0", 1, 0)
                    + sample("b", "2.0.0", 0, 1)))
        .isFalse();
    assertThat(
            MODELS.allLoaded(
                sample("a-model", "1.0.0", 0, 1)
                    + sample("a-model", "1.0.0", 1, 1)
                    + sample("b", "2.0.0", 0, 1)))
        .isTrue();
  }

  private static String sample(String model, String version, int subtask, int value) {
    return "flink_taskmanager_job_task_operator_model_version_millrace_model_loaded"
        + "{model=\"%s\",subtask_index=\"%d\",version=\"%s\",} %d.0%n"
            .formatted(model, subtask, version, value);
  }
}
