package io.millrace.models.runtime;

import static io.millrace.models.runtime.RuntimeFixture.VERSION;
import static io.millrace.models.runtime.RuntimeFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.InvalidInputException;
import io.millrace.models.runtime.ModelRuntime.Submission;
import io.millrace.schemas.avro.Priority;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller may do with an item that waits, behind one that holds the only worker. */
@Timeout(30)
class PriorityTest {

  private final CountDownLatch release = new CountDownLatch(1);
  private final RuntimeFixture fixture = RuntimeFixture.of(TestOptions.patient().withWorkers(1));
  private final FakeModel model = new FakeModel(FakeModel.hangingUntil(release, "first"::equals));

  @BeforeEach
  void holdTheWorker() throws Exception {
    fixture.serving(VERSION, model);
    var unused = submit("first", 8, Priority.NORMAL);
    await().until(() -> model.running() == 1);
  }

  @AfterEach
  void closeRuntime() {
    release.countDown();
    fixture.close();
  }

  @Test
  void higherPrioritiesRunFirst() throws Exception {
    // Given: of different lengths, so that they do not share a batch
    Submission low = submit("low", 4, Priority.LOW);
    Submission normal = submit("normal", 12, Priority.NORMAL);
    Submission high = submit("high", 20, Priority.HIGH);

    // When
    release.countDown();
    Stream.of(low, normal, high).forEach(submission -> submission.answer().join());

    // Then
    assertThat(model.texts()).containsExactly("first", "high", "normal", "low");
  }

  @Test
  void aRaisedItemRunsWithItsNewPriority() throws Exception {
    // Given
    Submission raised = submit("raised", 4, Priority.LOW);
    Submission normal = submit("normal", 12, Priority.NORMAL);

    // When
    raised.raise(Priority.HIGH);
    raised.raise(Priority.LOW);
    release.countDown();
    normal.answer().join();

    // Then
    assertThat(model.texts()).containsExactly("first", "raised", "normal");
  }

  @Test
  void anItemThatWaitsCanBeWithdrawnAndOneThatStartedCannot() throws Exception {
    // Given
    Submission waiting = submit("waiting", 8, Priority.NORMAL);
    Submission kept = submit("kept", 8, Priority.NORMAL);

    // When
    boolean startedBefore = waiting.started();
    boolean withdrawn = waiting.withdraw();
    boolean again = waiting.withdraw();
    release.countDown();
    kept.answer().join();

    // Then
    assertThat(startedBefore).isFalse();
    assertThat(withdrawn).isTrue();
    assertThat(again).isFalse();
    assertThat(waiting.started()).isFalse();
    assertThat(waiting.answer()).isCancelled();
    assertThat(kept.started()).isTrue();
    assertThat(kept.withdraw()).isFalse();
    assertThat(model.texts()).isEqualTo(List.of("first", "kept"));
  }

  private Submission submit(String text, int length, Priority priority)
      throws InvalidInputException {
    return fixture.served(VERSION).prepare(FakeModel.inputs(text, 1, length)).submit(priority);
  }
}
