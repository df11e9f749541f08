package io.millrace.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // await() waits for all of them
class PartsTest {

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Parts parts = new Parts(new NoListener(), System::nanoTime);

  @Test
  void startsAPartAfterThoseItNeeds() throws Exception {
    // Given
    var first = parts.start("first", () -> part("first"));
    var step = parts.run("step", () -> events.add("step"), first);
    parts.start("second", () -> part("second"), step);

    // When
    parts.await();

    // Then
    assertThat(events).containsExactly("start first", "step", "start second");
  }

  @Test
  void startsIndependentPartsAtTheSameTime() throws Exception {
    // Given two parts that each wait for the other to begin
    CountDownLatch both = new CountDownLatch(2);
    for (String name : List.of("a", "b")) {
      parts.run(
          name,
          () -> {
            both.countDown();
            return both.await(10, TimeUnit.SECONDS) && events.add(name);
          });
    }

    // When
    parts.await();

    // Then
    assertThat(events).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void stopsInReverseOrderAndOnce() throws Exception {
    // Given
    var first = parts.start("first", () -> part("first"));
    parts.start("second", () -> part("second"), first);
    parts.await();
    events.clear();

    // When
    parts.close();
    parts.close();

    // Then
    assertThat(events).containsExactly("stop second", "stop first");
  }

  @Test
  void aFailureNamesThePartAndTheOthersAreStopped() {
    // Given
    var good = parts.start("good", () -> part("good"));
    var bad =
        parts.start(
            "bad",
            () -> {
              throw new IllegalStateException("no room");
            },
            good);
    parts.start("after", () -> part("after"), bad);

    // When
    assertThatThrownBy(parts::await)
        .isInstanceOf(PartFailedException.class)
        .hasMessage("bad did not start: no room");
    parts.close();

    // Then
    assertThat(events).containsExactly("start good", "stop good");
  }

  @Test
  void aPartThatFailsToStopDoesNotKeepTheOthers() throws Exception {
    // Given
    parts.start("first", () -> part("first"));
    parts.start(
        "stubborn",
        () ->
            () -> {
              throw new IllegalStateException("will not");
            });
    parts.await();

    // When
    parts.close();

    // Then
    assertThat(events).containsExactly("start first", "stop first");
  }

  private AutoCloseable part(String name) {
    events.add("start " + name);
    return () -> events.add("stop " + name);
  }

  private static final class NoListener implements StartListener {
    @Override
    public void starting(String part) {}

    @Override
    public void started(String part, Duration took) {}

    @Override
    public void progress(String what, double fraction) {}
  }
}
