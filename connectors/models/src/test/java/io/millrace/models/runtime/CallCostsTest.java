package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.ModelVersion;
import org.junit.jupiter.api.Test;

class CallCostsTest {

  private static final ModelVersion FLOATS = new ModelVersion("desk", "1.0.0");
  private static final ModelVersion INTEGERS = new ModelVersion("desk", "1.1.0");

  private final CallCosts costs = new CallCosts();

  @Test
  void aQuantisedVersionKnowsWhatItsSourceCosts() {
    // Given
    costs.quantised(INTEGERS, FLOATS);
    for (int call = 0; call < 40; call++) {
      costs.fit(FLOATS).add(call % 2 == 0 ? 100 : 200, call % 2 == 0 ? 20_000_000 : 35_000_000);
    }

    // Then
    assertThat(costs.sourceCost(INTEGERS)).isEqualTo(costs.cost(FLOATS)).isPresent();
    assertThat(costs.sourceCost(FLOATS)).isEmpty();
  }

  @Test
  void aSourceThatNeverRanCostsNothingThatIsKnown() {
    // Given
    costs.quantised(INTEGERS, FLOATS);

    // Then
    assertThat(costs.sourceCost(INTEGERS)).isEmpty();
  }
}
