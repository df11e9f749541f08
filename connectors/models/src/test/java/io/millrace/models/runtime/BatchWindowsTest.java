package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.runtime.BatchDecision.Idle;
import io.millrace.models.runtime.BatchDecision.Take;
import io.millrace.models.runtime.BatchDecision.WaitUntil;
import io.millrace.schemas.avro.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchWindowsTest {

  private static final Duration MIN_DELAY = Duration.ofMillis(2);
  private static final Duration MAX_DELAY = Duration.ofMillis(5);
  private static final int STARVATION_BOUND = 3;

  private final ManualTicker ticker = new ManualTicker();

  @Test
  void nothingIsTakenOfNothing() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();

    // When
    BatchDecision decision = decide(windows);

    // Then
    assertThat(decision).isEqualTo(new Idle());
  }

  @Test
  void aFreeWorkerTakesWhatIsThereAtOnce() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    QueuedItem<FakeItem> item = add(windows, 8);

    // When
    List<QueuedItem<FakeItem>> batch = takeNext(windows);

    // Then
    assertThat(batch).containsExactly(item);
    assertThat(windows.size()).isZero();
  }

  @Test
  void aWindowThatIsNotFullWaitsForMinDelay() {
    // Given
    BatchWindows<FakeItem> windows = waiting();
    add(windows, 8);
    long arrival = ticker.getAsLong();
    ticker.advance(MIN_DELAY.minusNanos(1));

    // When
    BatchDecision before = decide(windows);
    ticker.advance(Duration.ofNanos(1));
    BatchDecision after = decide(windows);

    // Then
    assertThat(before).isEqualTo(new WaitUntil(arrival + MIN_DELAY.toNanos()));
    assertThat(after).isEqualTo(new Take(Priority.NORMAL, 0));
  }

  @Test
  void aFullWindowDoesNotWait() {
    // Given
    BatchWindows<FakeItem> windows = waiting();
    add(windows, 16);
    for (int i = 0; i < 4; i++) {
      add(windows, 8);
    }

    // When
    BatchDecision decision = decide(windows);

    // Then
    assertThat(decision).isEqualTo(new Take(Priority.NORMAL, 0));
  }

  @Test
  void aWindowIsFullWhenNoRowMoreFitsTheTokens() {
    // Given: three rows of 17 tokens where 64 may run, so 13 are left
    BatchWindows<FakeItem> windows = waiting();
    for (int i = 0; i < 3; i++) {
      add(windows, 17);
    }

    // When
    BatchDecision decision = decide(windows);

    // Then
    assertThat(decision).isEqualTo(new Take(Priority.NORMAL, 2));
    assertThat(windows.take((Take) decision)).hasSize(3);
  }

  @Test
  void itemsOfDifferentBucketsNeverMeet() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    QueuedItem<FakeItem> shorter = add(windows, 8);
    QueuedItem<FakeItem> longer = add(windows, 9);

    // When
    List<QueuedItem<FakeItem>> first = takeNext(windows);
    List<QueuedItem<FakeItem>> second = takeNext(windows);

    // Then
    assertThat(List.of(first, second)).containsExactlyInAnyOrder(List.of(shorter), List.of(longer));
  }

  @Test
  void anItemThatFitsNoBatchRunsAlone() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    QueuedItem<FakeItem> huge = add(windows, new FakeItem("huge", 9, 1_000));
    add(windows, 1_000);

    // When
    List<QueuedItem<FakeItem>> batch = takeNext(windows);

    // Then
    assertThat(batch).containsExactly(huge);
  }

  @Test
  void rowsCountNotItems() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    QueuedItem<FakeItem> first = add(windows, new FakeItem("a", 3, 8));
    add(windows, new FakeItem("b", 2, 8));

    // When
    List<QueuedItem<FakeItem>> batch = takeNext(windows);

    // Then
    assertThat(batch).containsExactly(first);
  }

  @Test
  void theFullestOfYoungWindowsGoesFirst() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    add(windows, 8);
    add(windows, 16);
    add(windows, 16);

    // When
    BatchDecision decision = decide(windows);

    // Then
    assertThat(decision).isEqualTo(new Take(Priority.NORMAL, 1));
  }

  @Test
  void fromMaxDelayOnTheOldestItemGoesBeforeFullerWindows() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    add(windows, 8);
    ticker.advance(MAX_DELAY);
    add(windows, 16);
    add(windows, 16);

    // When
    BatchDecision decision = decide(windows);

    // Then
    assertThat(decision).isEqualTo(new Take(Priority.NORMAL, 0));
  }

  @Test
  void ofFullWindowsTheOneWithTheOldestItemGoesFirst() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    add(windows, 16);
    for (int i = 0; i < 6; i++) {
      add(windows, 8);
    }
    for (int i = 0; i < 3; i++) {
      add(windows, 16);
    }

    // When
    BatchDecision decision = decide(windows);

    // Then
    assertThat(decision).isEqualTo(new Take(Priority.NORMAL, 1));
  }

  @Test
  void theOldestItemGoesBeforeFullWindowsAfterTheStarvationBound() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    QueuedItem<FakeItem> rare = add(windows, 17);
    for (int i = 0; i < 4 * (STARVATION_BOUND + 1); i++) {
      add(windows, 8);
    }

    // When
    for (int i = 0; i < STARVATION_BOUND; i++) {
      assertThat(takeNext(windows)).hasSize(4).doesNotContain(rare);
    }
    List<QueuedItem<FakeItem>> next = takeNext(windows);

    // Then
    assertThat(next).containsExactly(rare);
  }

  @Test
  void aCancelledItemLeavesTheMiddleOfItsWindow() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    QueuedItem<FakeItem> first = add(windows, 8);
    QueuedItem<FakeItem> cancelled = add(windows, 8);
    QueuedItem<FakeItem> last = add(windows, 8);

    // When
    boolean removed = windows.remove(cancelled);
    boolean removedAgain = windows.remove(cancelled);

    // Then
    assertThat(removed).isTrue();
    assertThat(removedAgain).isFalse();
    assertThat(takeNext(windows)).containsExactly(first, last);
    assertThat(windows.remove(first)).isFalse();
  }

  @Test
  void theHighestClassGoesFirst() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    QueuedItem<FakeItem> low = add(windows, 8, Priority.LOW);
    QueuedItem<FakeItem> normal = add(windows, 16, Priority.NORMAL);
    QueuedItem<FakeItem> high = add(windows, 17, Priority.HIGH);

    // When // Then
    assertThat(takeNext(windows)).containsExactly(high);
    assertThat(takeNext(windows)).containsExactly(normal);
    assertThat(takeNext(windows)).containsExactly(low);
  }

  @Test
  void roomThatIsLeftGoesToTheOtherClassesOfTheBucketTheHighestFirst() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    QueuedItem<FakeItem> longer = add(windows, 16, Priority.NORMAL);
    QueuedItem<FakeItem> low = add(windows, 8, Priority.LOW);
    QueuedItem<FakeItem> lower = add(windows, 8, Priority.LOW);
    QueuedItem<FakeItem> normal = add(windows, 8, Priority.NORMAL);
    QueuedItem<FakeItem> first = add(windows, 8, Priority.HIGH);
    QueuedItem<FakeItem> second = add(windows, 8, Priority.HIGH);

    // When
    List<QueuedItem<FakeItem>> batch = takeNext(windows);

    // Then
    assertThat(batch).containsExactly(first, second, normal, low);
    assertThat(takeNext(windows)).containsExactly(longer);
    assertThat(takeNext(windows)).containsExactly(lower);
    assertThat(windows.size()).isZero();
  }

  @Test
  void aClassThatIsReadyDoesNotWaitForAHigherOneThatIsNot() {
    // Given
    BatchWindows<FakeItem> windows = waiting();
    add(windows, 8, Priority.LOW);
    ticker.advance(MIN_DELAY);
    add(windows, 16, Priority.HIGH);

    // When
    BatchDecision decision = decide(windows);

    // Then
    assertThat(decision).isEqualTo(new Take(Priority.LOW, 0));
  }

  @Test
  void theFirstClassToBeReadySaysHowLongToWait() {
    // Given
    BatchWindows<FakeItem> windows = waiting();
    QueuedItem<FakeItem> low = add(windows, 8, Priority.LOW);
    ticker.advance(Duration.ofNanos(1));
    add(windows, 16, Priority.HIGH);

    // When
    BatchDecision decision = decide(windows);

    // Then
    assertThat(decision).isEqualTo(new WaitUntil(low.submittedAt() + MIN_DELAY.toNanos()));
  }

  @Test
  void eachClassStartsOneOfNineBatchesHoweverMuchIsAboveIt() {
    // Given: full windows of all classes, whatever is taken
    BatchWindows<FakeItem> windows = workConserving();
    List<Priority> served = new ArrayList<>();

    // When
    for (int i = 0; i < 90; i++) {
      for (Priority priority : Priority.values()) {
        for (int j = 0; j < 4; j++) {
          add(windows, 8, priority);
        }
      }
      Take take = (Take) decide(windows);
      served.add(take.priority());
      windows.take(take);
    }

    // Then
    for (int i = 0; i + 9 <= served.size(); i++) {
      assertThat(served.subList(i, i + 9)).contains(Priority.values());
    }
    assertThat(served).filteredOn(Priority.HIGH::equals).hasSizeGreaterThan(65);
  }

  @Test
  void aRaisedItemGoesWithItsNewClass() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    QueuedItem<FakeItem> raised = add(windows, 8, Priority.LOW);
    add(windows, 16, Priority.NORMAL);

    // When
    boolean moved = windows.raise(raised, Priority.HIGH);

    // Then
    assertThat(moved).isTrue();
    assertThat(windows.size()).isEqualTo(2);
    assertThat(takeNext(windows)).containsExactly(raised);
    assertThat(windows.raise(raised, Priority.HIGH)).isFalse();
  }

  @Test
  void aRaiseNeverMovesAnItemDown() {
    // Given
    BatchWindows<FakeItem> windows = workConserving();
    QueuedItem<FakeItem> item = add(windows, 8, Priority.NORMAL);

    // When
    boolean same = windows.raise(item, Priority.NORMAL);
    boolean lower = windows.raise(item, Priority.LOW);

    // Then
    assertThat(same).isFalse();
    assertThat(lower).isFalse();
    assertThat(decide(windows)).isEqualTo(new Take(Priority.NORMAL, 0));
  }

  @Test
  void aHalvedLimitMakesBatchesSmallerAndWindowsFullEarlier() {
    // Given
    BatchLimit limit = new BatchLimit(policy(MIN_DELAY));
    BatchWindows<FakeItem> windows = windows(MIN_DELAY, limit);
    for (int i = 0; i < 3; i++) {
      add(windows, 8);
    }
    BatchDecision before = decide(windows);

    // When
    limit.ranOutOfMemory(4, 8);

    // Then
    assertThat(before).isInstanceOf(WaitUntil.class);
    assertThat(takeNext(windows)).hasSize(2);
  }

  @Test
  void hintsThatNoBatchCanKeepAreRefused() {
    // Given // When // Then
    assertThatThrownBy(() -> new BatchPolicy(0, 64, List.of(), 0, 0, 1))
        .hasMessage("max_batch_size is 0 and max_batch_tokens is 64, expected at least 1");
    assertThatThrownBy(() -> new BatchPolicy(4, 64, List.of(16, 8), 0, 0, 1))
        .hasMessage("length_buckets is [16, 8], expected ascending edges");
  }

  private static BatchWindows<FakeItem> workConserving() {
    return windows(Duration.ZERO);
  }

  private static BatchWindows<FakeItem> waiting() {
    return windows(MIN_DELAY);
  }

  private static BatchWindows<FakeItem> windows(Duration minDelay) {
    return windows(minDelay, new BatchLimit(policy(minDelay)));
  }

  private static BatchWindows<FakeItem> windows(Duration minDelay, BatchLimit limit) {
    return new BatchWindows<>(policy(minDelay), limit);
  }

  private static BatchPolicy policy(Duration minDelay) {
    return new BatchPolicy(
        4, 64, List.of(8, 16), minDelay.toNanos(), MAX_DELAY.toNanos(), STARVATION_BOUND);
  }

  private QueuedItem<FakeItem> add(BatchWindows<FakeItem> windows, int length) {
    return add(windows, FakeItem.ofLength(length));
  }

  private QueuedItem<FakeItem> add(BatchWindows<FakeItem> windows, FakeItem item) {
    return add(windows, item, Priority.NORMAL);
  }

  private QueuedItem<FakeItem> add(BatchWindows<FakeItem> windows, int length, Priority priority) {
    return add(windows, FakeItem.ofLength(length), priority);
  }

  private QueuedItem<FakeItem> add(
      BatchWindows<FakeItem> windows, FakeItem item, Priority priority) {
    QueuedItem<FakeItem> queued = new QueuedItem<>(item, priority, ticker.getAsLong());
    windows.add(queued);
    return queued;
  }

  private BatchDecision decide(BatchWindows<FakeItem> windows) {
    return windows.decide(ticker.getAsLong());
  }

  private List<QueuedItem<FakeItem>> takeNext(BatchWindows<FakeItem> windows) {
    return windows.take((Take) decide(windows));
  }
}
