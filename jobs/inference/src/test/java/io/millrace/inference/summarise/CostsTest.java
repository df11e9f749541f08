package io.millrace.inference.summarise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.inference.observe.Sample;
import io.millrace.models.runtime.CallCost;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.Origin;
import io.millrace.statistics.window.CostSummary;
import io.millrace.statistics.window.SavedBy;
import io.millrace.statistics.window.Saving;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CostsTest {

  private static final CallCost SOURCE = new CallCost(0.010, 0.0004);

  /** A text of a batch of five, as in the example of {@code docs/cost.md}. */
  private static final Execution CALL = new Execution(0.0, 0.021, 5, 12, 16, 0.0042, 0.0074);

  @Test
  void aQuantisedVersionsAnswerIsHeldAgainstWhatItsSourceWouldHaveTaken() {
    // Given
    CostSummary costs = new CostSummary();

    // When
    Costs.add(sample(SOURCE), costs);
    Costs.add(sample(SOURCE), costs);

    // Then
    Saving saving = Objects.requireNonNull(savings(costs).get(SavedBy.QUANTISATION));
    assertThat(saving.answers()).isEqualTo(2);
    assertThat(saving.aloneSeconds()).isCloseTo(2 * 0.0084, within(1e-9));
    assertThat(saving.savedSeconds()).isCloseTo(2 * 0.0042, within(1e-9));
  }

  @Test
  void withoutASourceNothingIsSaidOfQuantisation() {
    // Given
    CostSummary costs = new CostSummary();

    // When
    Costs.add(sample(null), costs);

    // Then
    assertThat(savings(costs)).containsOnlyKeys(SavedBy.BATCHING);
  }

  private static Map<SavedBy, Saving> savings(CostSummary costs) {
    return Objects.requireNonNull(costs.tenants().get("acme")).savings();
  }

  private static Sample sample(@Nullable CallCost source) {
    return new Sample(
        "desk",
        "1.1.0",
        "acme",
        List.of(),
        Origin.COMPUTED,
        List.of(),
        "job-1",
        "refund",
        0.9,
        0,
        CALL,
        null,
        source,
        null);
  }
}
