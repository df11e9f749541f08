package io.millrace.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.ErrorReason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorClassTest {

  @Test
  void eachReasonIsOfOneClass() {
    Map<ErrorClass, List<ErrorReason>> classes =
        Arrays.stream(ErrorReason.values()).collect(Collectors.groupingBy(ErrorClass::of));

    assertThat(classes)
        .containsOnly(
            Map.entry(ErrorClass.CLIENT, List.of(ErrorReason.INVALID_INPUT, ErrorReason.CANCELLED)),
            Map.entry(
                ErrorClass.MODEL,
                List.of(
                    ErrorReason.MODEL_FAILURE,
                    ErrorReason.NON_FINITE_OUTPUT,
                    ErrorReason.CIRCUIT_OPEN)),
            Map.entry(ErrorClass.TIMEOUT, List.of(ErrorReason.TIMEOUT, ErrorReason.EXPIRED)),
            Map.entry(
                ErrorClass.INFRASTRUCTURE,
                List.of(ErrorReason.OUT_OF_MEMORY, ErrorReason.MODEL_NOT_FOUND)));
  }
}
