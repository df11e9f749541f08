package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitersTest {

  private final Waiters waiters = new Waiters();

  @Test
  void letsGoEveryoneWhoWaitsForTheJobAndNobodyElse() {
    // Given
    List<CompletableFuture<Void>> released = List.of(waiters.add("job"), waiters.add("job"));
    CompletableFuture<Void> other = waiters.add("other");

    // When
    waiters.finished("job");
    waiters.finished("nobody waits for this one");

    // Then
    assertThat(released).allMatch(CompletableFuture::isDone);
    assertThat(other).isNotDone();
    assertThat(waiters.jobs()).containsExactly("other");
  }

  @Test
  void forgetsWhoCancelsOrGivesUp() {
    // Given
    CompletableFuture<Void> cancelled = waiters.add("job");
    CompletableFuture<Void> patient = waiters.add("job");

    // When
    cancelled.cancel(true);

    // Then
    assertThat(waiters.jobs()).containsExactly("job");
    assertThat(patient.orTimeout(1, TimeUnit.MILLISECONDS)).failsWithin(1, TimeUnit.SECONDS);
    assertThat(waiters.jobs()).isEmpty();
  }
}
