package io.millrace.inference.infer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Lets equal work that is under way at the same time be done once. Safe for use by several threads.
 */
final class SingleFlight<K, V> {

  private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

  /**
   * Work that is under way.
   *
   * @param leader whether this call started it
   */
  record Flight<V>(CompletableFuture<V> outcome, boolean leader) {}

  /** Joins the work under way for a key, or starts it on the calling thread. */
  Flight<V> join(K key, Supplier<CompletableFuture<V>> work) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> running = flights.putIfAbsent(key, mine);
    if (running != null) {
      return new Flight<>(running, false);
    }
    var unused =
        started(work)
            .whenComplete(
                (value, failure) -> {
                  // Removed first: who comes after the outcome is known starts anew.
                  flights.remove(key, mine);
                  if (failure != null) {
                    mine.completeExceptionally(failure);
                  } else {
                    mine.complete(value);
                  }
                });
    return new Flight<>(mine, true);
  }

  /** Keys with work under way. */
  int size() {
    return flights.size();
  }

  private static <V> CompletableFuture<V> started(Supplier<CompletableFuture<V>> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
