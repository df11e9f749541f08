package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SemanticVersionOrderTest {

  @Test
  void sortsAsTheSpecificationSays() {
    // Given
    List<String> ascending =
        List.of(
            "0.9.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.2.0",
            "1.10.0");
    List<String> versions = new ArrayList<>(ascending);
    Collections.shuffle(versions, new Random(7));

    // When
    versions.sort(new SemanticVersionOrder());

    // Then
    assertThat(versions).isEqualTo(ascending);
  }
}
