package io.millrace.inference.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.runtime.CallCost;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.SavedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers are those of the example in docs/cost.md. */
class SavingsTest {

  private static final CallCost COST = new CallCost(0.005, 0.0002);
  private static final CallCost SOURCE = new CallCost(0.010, 0.0004);

  /** Four texts of 12 tokens and one of 16 share a call; this is one of the four. */
  private static final Execution EXECUTION =
      new Execution(0.001, COST.seconds(80), 5, 12, 16, COST.seconds(80) / 5, COST.seconds(12));

  @Test
  void aCachedAnswerSavesACallForItAlone() {
    assertThat(Savings.of(Origin.CACHED, EXECUTION, Optional.of(SOURCE)))
        .containsExactly(new Saving(SavedBy.CACHE, COST.seconds(12), COST.seconds(12)));
  }

  @Test
  void aCoalescedAnswerSavesACallForItAlone() {
    assertThat(Savings.of(Origin.COALESCED, EXECUTION, Optional.of(SOURCE)))
        .containsExactly(new Saving(SavedBy.COALESCING, COST.seconds(12), COST.seconds(12)));
  }

  @Test
  void aComputedAnswerSavesByItsBatchAndByItsVersion() {
    // When
    List<Saving> savings = Savings.of(Origin.COMPUTED, EXECUTION, Optional.of(SOURCE));

    // Then
    assertThat(savings)
        .extracting(Saving::by)
        .containsExactly(SavedBy.BATCHING, SavedBy.QUANTISATION);
    assertThat(savings.get(0).aloneSeconds()).isCloseTo(0.0074, within(1e-12));
    assertThat(savings.get(0).savedSeconds()).isCloseTo(0.0032, within(1e-12));
    assertThat(savings.get(1).aloneSeconds()).isCloseTo(0.0084, within(1e-12));
    assertThat(savings.get(1).savedSeconds()).isCloseTo(0.0042, within(1e-12));
  }

  @Test
  void paddingCanMakeABatchALoss() {
    // Given: a text of 4 tokens in a batch with one of 60
    Execution padded =
        new Execution(0.001, COST.seconds(120), 2, 4, 60, COST.seconds(120) / 2, COST.seconds(4));

    // When
    List<Saving> savings = Savings.of(Origin.COMPUTED, padded, Optional.empty());

    // Then
    assertThat(savings).hasSize(1);
    assertThat(savings.get(0).savedSeconds()).isCloseTo(0.0058 - 0.0145, within(1e-12));
  }

  @Test
  void whatIsNotKnownIsNotCounted() {
    // Given: records from before it was counted, and a version with too few calls
    Execution unknown = new Execution(0.001, 0.02, 1, 12, 16, 0.02, null);

    // Then
    assertThat(Savings.of(Origin.CACHED, null, Optional.empty())).isEmpty();
    assertThat(Savings.of(Origin.CACHED, unknown, Optional.empty())).isEmpty();
    assertThat(Savings.of(Origin.COMPUTED, unknown, Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FALLBACK", "STALE"})
  void anAnswerThatStoodInForAnotherSavesNothing(Origin origin) {
    assertThat(Savings.of(origin, EXECUTION, Optional.of(SOURCE))).isEmpty();
  }

  @Test
  void theExampleOfTheDocumentationIsRight() throws IOException {
    // Given
    String page = Files.readString(Path.of("../../docs/cost.md"));
    List<Saving> computed = Savings.of(Origin.COMPUTED, EXECUTION, Optional.of(SOURCE));
    double perMillion = EXECUTION.getComputeSeconds() / 3_600 * 0.36 * 1_000_000;

    // Then
    assertThat(page)
        .contains(
            "| the call of 5 × 16 tokens | 5 + 80 × 0.2 | %s |".formatted(milliseconds(0.021)),
            "| one text's part | 21 / 5 | %s |".formatted(milliseconds(0.0042)),
            "| the text alone | 5 + 12 × 0.2 | %s |".formatted(milliseconds(0.0074)),
            "| saved by batching | 7.4 − 4.2 | %s |"
                .formatted(milliseconds(computed.get(0).savedSeconds())),
            "| saved when it comes from the cache | 7.4 − 0 | %s |"
                .formatted(
                    milliseconds(
                        Savings.of(Origin.CACHED, EXECUTION, Optional.empty())
                            .get(0)
                            .savedSeconds())),
            "| saved by quantisation | 10 / 5 + 16 × 0.4 − 4.2 | %s |"
                .formatted(milliseconds(computed.get(1).savedSeconds())),
            String.format(Locale.ROOT, "%.2f for a million", perMillion));
    assertThat(EXECUTION.getBatchSeconds()).isCloseTo(0.021, within(1e-12));
    assertThat(EXECUTION.getComputeSeconds()).isCloseTo(0.0042, within(1e-12));
  }

  private static String milliseconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f ms", seconds * 1_000);
  }
}
