package io.millrace.inference.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.Commands;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DimensionsTest {

  @Test
  void aRequestIsInOneSegmentOfEachDimensionThatItHas() {
    InferenceCommand command = Commands.command("job-1", "a text");
    ((Submit) command.getCommand())
        .setParameters(Map.of("channel", "mail", "long", "x".repeat(80)));
    Dimensions dimensions =
        new Dimensions(
            List.of("tenant", "priority", "parameter.channel", "parameter.long", "parameter.none"));

    assertThat(dimensions.segments(command))
        .containsExactly(
            "tenant=default",
            "priority=normal",
            "parameter.channel=mail",
            "parameter.long=" + "x".repeat(64));
  }

  @Test
  void anUnknownDimensionIsRefused() {
    for (String name : List.of("region", "parameter.", "")) {
      assertThatThrownBy(() -> new Dimensions(List.of(name)))
          .hasMessageContaining("expected tenant, priority or parameter.<name>, found " + name);
    }
  }
}
