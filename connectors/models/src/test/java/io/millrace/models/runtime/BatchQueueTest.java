package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.avro.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchQueueTest {

  private static final Duration SHORT = Duration.ofMillis(60);
  private static final Duration ENDLESS = Duration.ofHours(1);

  private final BlockingQueue<List<QueuedItem<FakeItem>>> taken = new LinkedBlockingQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private BatchQueue<FakeItem> queue = queue(ENDLESS);

  @AfterEach
  void closeQueue() {
    queue.close();
    workers.forEach(
        worker -> Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !worker.isAlive()));
  }

  @Test
  void anIdleWorkerWakesWhenMinDelayIsOver() throws InterruptedException {
    // Given
    queue = queue(SHORT);
    startIdleWorkers(2);
    QueuedItem<FakeItem> item = item(8);

    // When
    queue.add(item);
    List<QueuedItem<FakeItem>> batch = taken.poll(5, TimeUnit.SECONDS);

    // Then
    assertThat(batch).containsExactly(item);
    assertThat(System.nanoTime() - item.submittedAt()).isGreaterThanOrEqualTo(SHORT.toNanos());
  }

  @Test
  void aFullWindowWakesAnIdleWorkerBeforeMinDelay() throws InterruptedException {
    // Given
    startIdleWorkers(2);

    // When
    for (int i = 0; i < 4; i++) {
      queue.add(item(8));
    }
    List<QueuedItem<FakeItem>> batch = taken.poll(5, TimeUnit.SECONDS);

    // Then
    assertThat(batch).hasSize(4);
  }

  @Test
  void aWorkerThatLeavesItemsWakesTheNext() throws InterruptedException {
    // Given: workers that take one batch and never come back; one waits for the first item's time
    queue = queue(Duration.ofMillis(500));
    startIdleWorkers(2, 1);
    QueuedItem<FakeItem> first = item(8);
    queue.add(first);
    RuntimeFixture.await().until(() -> workers.stream().anyMatch(BatchQueueTest::hasSeenTheItem));

    // When
    QueuedItem<FakeItem> second = item(16);
    queue.add(second);

    // Then
    // In either order: the first worker may tell of its batch after the one that it woke.
    assertThat(Stream.of(taken.poll(5, TimeUnit.SECONDS), taken.poll(5, TimeUnit.SECONDS)).toList())
        .containsExactlyInAnyOrder(List.of(first), List.of(second));
  }

  @Test
  void aRaiseThatFillsAWindowWakesAnIdleWorker() throws InterruptedException {
    // Given
    startIdleWorkers(2);
    for (int i = 0; i < 3; i++) {
      queue.add(item(8, Priority.HIGH));
    }
    QueuedItem<FakeItem> raised = item(8, Priority.LOW);
    queue.add(raised);

    // When
    queue.raise(raised, Priority.HIGH);
    List<QueuedItem<FakeItem>> batch = taken.poll(5, TimeUnit.SECONDS);

    // Then
    assertThat(batch).hasSize(4).contains(raised);
  }

  @Test
  void anItemIsTakenByAWorkerAndByNothingElse() {
    // Given
    QueuedItem<FakeItem> served = item(8);
    QueuedItem<FakeItem> removed = item(8);
    queue = queue(Duration.ZERO);
    queue.add(served);
    queue.add(removed);

    // When
    queue.remove(removed);
    boolean before = queue.taken(served);
    queue.take();

    // Then
    assertThat(before).isFalse();
    assertThat(queue.taken(served)).isTrue();
    assertThat(queue.taken(removed)).isFalse();
  }

  @Test
  void anInterruptedWorkerWaitsOn() throws InterruptedException {
    // Given
    queue = queue(Duration.ZERO);
    startIdleWorkers(1);

    // When
    workers.get(0).interrupt();
    queue.add(item(8));

    // Then
    assertThat(taken.poll(5, TimeUnit.SECONDS)).hasSize(1);
  }

  @Test
  void moreItemsThanTheLimitAreRejected() {
    // Given
    for (int i = 0; i < 6; i++) {
      queue.add(item(8));
    }

    // When // Then
    assertThatThrownBy(() -> queue.add(item(8)))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("6 items wait for this model version, which is its limit");
  }

  @Test
  void aClosedQueueTakesNothingAndGivesBackWhatWaited() {
    // Given
    QueuedItem<FakeItem> waiting = item(8);
    queue.add(waiting);

    // When
    List<QueuedItem<FakeItem>> left = queue.close();

    // Then
    assertThat(left).containsExactly(waiting);
    assertThat(queue.add(item(8))).isFalse();
    assertThat(queue.take()).isNull();
  }

  private static boolean hasSeenTheItem(Thread worker) {
    // Terminated: this thread was so slow that the batch has been taken already.
    return worker.getState() == Thread.State.TIMED_WAITING
        || worker.getState() == Thread.State.TERMINATED;
  }

  private void startIdleWorkers(int count) {
    startIdleWorkers(count, Integer.MAX_VALUE);
  }

  private void startIdleWorkers(int count, int batches) {
    BatchQueue<FakeItem> served = queue;
    for (int i = 0; i < count; i++) {
      Thread worker =
          new Thread(
              () -> {
                for (int taking = 0; taking < batches; taking++) {
                  List<QueuedItem<FakeItem>> batch = served.take();
                  if (batch == null) {
                    return;
                  }
                  taken.add(batch);
                }
              });
      worker.start();
      workers.add(worker);
    }
    Awaitility.await()
        .until(
            () -> workers.stream().allMatch(worker -> worker.getState() == Thread.State.WAITING));
  }

  private static BatchQueue<FakeItem> queue(Duration minDelay) {
    long delay = minDelay.toNanos();
    BatchPolicy policy = new BatchPolicy(4, 64, List.of(8, 16), delay, delay, 32);
    return new BatchQueue<>(
        new BatchWindows<>(policy, new BatchLimit(policy)), 6, System::nanoTime);
  }

  private static QueuedItem<FakeItem> item(int length) {
    return item(length, Priority.NORMAL);
  }

  private static QueuedItem<FakeItem> item(int length, Priority priority) {
    return new QueuedItem<>(FakeItem.ofLength(length), priority, System.nanoTime());
  }
}
