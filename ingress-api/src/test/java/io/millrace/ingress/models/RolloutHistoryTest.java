package io.millrace.ingress.models;

import static io.millrace.ingress.models.DecisionFixture.all;
import static io.millrace.ingress.models.DecisionFixture.decision;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which decisions count. */
final class RolloutHistoryTest {

  private static final String MODEL = "m";

  private final RolloutHistory history = new RolloutHistory();

  private static RolloutDecision.Builder pause(long revision, long sequence) {
    return decision(
        MODEL, revision, sequence, RolloutAction.PAUSE, RolloutPhase.CANARY, all("1.0.0"));
  }

  @Test
  void firstRecordOfASequenceCountsAndNoneThatIsNotAfterTheLast() {
    // When
    history.put(pause(2, 1).build());
    history.put(pause(2, 2).setReason("first").build());
    history.put(pause(2, 2).setReason("second").build());
    history.put(pause(2, 1).setReason("again").build());
    history.put(pause(1, 9).setReason("of a restored controller").build());
    history.put(pause(3, 1).build());

    // Then
    assertThat(history.of(MODEL))
        .extracting(RolloutDecision::getReason)
        .containsExactly("because of 1", "first", "because of 1");
    assertThat(history.lastRevision(MODEL)).isEqualTo(3);
    assertThat(history.lastRevision("other")).isZero();
  }

  @Test
  void oldestDecisionsGiveWay() {
    // When
    for (int sequence = 1; sequence <= RolloutHistory.MAX_DECISIONS + 5; sequence++) {
      history.put(pause(1, sequence).build());
    }

    // Then
    assertThat(history.of(MODEL)).hasSize(RolloutHistory.MAX_DECISIONS);
    assertThat(history.of(MODEL).get(RolloutHistory.MAX_DECISIONS - 1).getSequence()).isEqualTo(6);
  }

  @Test
  void decisionReachesWhoWaitsForTheCommandThatItAnswers() {
    // Given
    CompletableFuture<RolloutDecision> mine = Objects.requireNonNull(history.await("mine"));
    CompletableFuture<RolloutDecision> other = Objects.requireNonNull(history.await("other"));

    // When
    history.put(pause(1, 1).setCommandId("mine").build());

    // Then
    assertThat(mine).isCompletedWithValueMatching(decision -> decision.getSequence() == 1);
    assertThat(other).isNotDone();
  }
}
