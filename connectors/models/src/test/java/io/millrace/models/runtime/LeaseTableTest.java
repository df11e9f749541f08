package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.ModelVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LeaseTableTest {

  private final List<Runnable> afterLinger = new ArrayList<>();
  private final LeaseTable<String, FakeRuntime> table = new LeaseTable<>(afterLinger::add);

  @Test
  void holdersOfOneKeyShareOneRuntime() {
    // Given
    FakeRuntime first = table.acquire("a", FakeRuntime::new).resource();

    // When
    FakeRuntime second = table.acquire("a", FakeRuntime::new).resource();
    FakeRuntime other = table.acquire("b", FakeRuntime::new).resource();

    // Then
    assertThat(second).isSameAs(first);
    assertThat(other).isNotSameAs(first);
  }

  @Test
  void theLastReleaseClosesTheRuntimeAfterTheLinger() {
    // Given
    var first = table.acquire("a", FakeRuntime::new);
    var second = table.acquire("a", FakeRuntime::new);
    first.close();
    first.close();
    assertThat(afterLinger).isEmpty();

    // When
    second.close();
    boolean closedAtOnce = first.resource().closed;
    endLinger();

    // Then
    assertThat(closedAtOnce).isFalse();
    assertThat(first.resource().closed).isTrue();
    assertThat(table.acquire("a", FakeRuntime::new).resource()).isNotSameAs(first.resource());
  }

  @Test
  void aHolderThatComesInTheLingerFindsTheSameRuntime() {
    // Given
    var first = table.acquire("a", FakeRuntime::new);
    first.close();

    // When
    var second = table.acquire("a", FakeRuntime::new);
    endLinger();

    // Then
    assertThat(second.resource()).isSameAs(first.resource());
    assertThat(second.resource().closed).isFalse();
  }

  @Test
  void anEarlierLingerDoesNotCutALaterOneShort() {
    // Given
    table.acquire("a", FakeRuntime::new).close();
    var second = table.acquire("a", FakeRuntime::new);
    second.close();

    // When
    afterLinger.remove(0).run();
    boolean closedByTheFirst = second.resource().closed;
    endLinger();

    // Then
    assertThat(closedByTheFirst).isFalse();
    assertThat(second.resource().closed).isTrue();
  }

  @Test
  void aFactoryThatFailsLeavesNothingBehind() {
    // Given
    IllegalStateException failure = new IllegalStateException("no repository");
    assertThatThrownBy(
            () ->
                table.acquire(
                    "a",
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);

    // When
    FakeRuntime runtime = table.acquire("a", FakeRuntime::new).resource();

    // Then
    assertThat(runtime.closed).isFalse();
  }

  @Test
  void aProcessHasOneRuntimeForEachConfiguration() {
    // Given
    RuntimeOptions options = TestOptions.patient().options();
    var key = new SharedModelRuntime.Key(Path.of("models"), options);
    var same = new SharedModelRuntime.Key(Path.of("./models").toAbsolutePath(), options);
    var other = new SharedModelRuntime.Key(Path.of("models"), RuntimeOptions.defaults());

    // When
    try (var first = SharedModelRuntime.acquire(key, LeaseTableTest::runtime);
        var second = SharedModelRuntime.acquire(same, LeaseTableTest::runtime);
        var third = SharedModelRuntime.acquire(other, LeaseTableTest::runtime)) {

      // Then
      assertThat(second.runtime()).isSameAs(first.runtime());
      assertThat(third.runtime()).isNotSameAs(first.runtime());
    }
  }

  private static BatchingModelRuntime runtime() {
    return new BatchingModelRuntime(
        new FakeRepository("fake", FakeRepository.HINTS),
        List.of(new FakeEngine()),
        RuntimeOptions.defaults());
  }

  private void endLinger() {
    List<Runnable> due = List.copyOf(afterLinger);
    afterLinger.clear();
    due.forEach(Runnable::run);
  }

  private static final class FakeRuntime implements ModelRuntime {
    private boolean closed;

    @Override
    public CompletableFuture<ServedModel> load(ModelVersion version) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Hold hold(ModelVersion version, ServingOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
