package io.millrace.inference.infer;

import io.millrace.schemas.avro.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets equal work that is under way at the same time be done once. Work that nobody wants any more
 * is abandoned. Safe for use by several threads.
 */
final class SingleFlight<K, V> {

  private final ConcurrentMap<K, Flight> flights = new ConcurrentHashMap<>();

  /** What is done once for all who want it. */
  interface Work<V> {

    /** Begins, and completes the future that it returns when it is done. Called once. */
    CompletableFuture<V> start();

    /** Whether it has begun to cost what sharing it saves. */
    boolean started();

    /** Lets it go with a higher priority; a lower one changes nothing. */
    void raise(Priority priority);

    /** Nobody wants it any more: what has not begun yet need not. */
    void abandon();
  }

  /** Joins the work under way for a key, or starts it on the calling thread. */
  Seat join(K key, Priority priority, Supplier<? extends Work<V>> work) {
    while (true) {
      Flight mine = new Flight(key, work);
      Flight running = flights.putIfAbsent(key, mine);
      Seat seat = (running == null ? mine : running).board();
      if (running == null) {
        mine.start();
      } else if (seat != null) {
        running.work.raise(priority);
      } else {
        // It ended, or was abandoned, a moment ago.
        flights.remove(key, running);
      }
      if (seat != null) {
        return seat;
      }
    }
  }

  /** The outcome of the work under way for a key, for one who would not start it; or nothing. */
  Optional<CompletableFuture<V>> outcome(K key) {
    Flight running = flights.get(key);
    return running == null ? Optional.empty() : Optional.of(running.outcome);
  }

  /** Keys with work under way. */
  int size() {
    return flights.size();
  }

  /** One who wants the outcome of work that may be shared. */
  final class Seat {

    private final Flight flight;

    private Seat(Flight flight) {
      this.flight = flight;
    }

    CompletableFuture<V> outcome() {
      return flight.outcome;
    }

    boolean started() {
      return flight.work.started();
    }

    /** Whether the work counts as this one's: it is the first of those who still want it. */
    boolean leads() {
      return flight.leads(this);
    }

    /** Does not want it any more. */
    void leave() {
      flight.leave(this);
    }
  }

  private final class Flight {

    private final K key;
    private final Work<V> work;
    private final CompletableFuture<V> outcome = new CompletableFuture<>();
    private final List<Seat> seats = new ArrayList<>(1);
    private boolean closed;

    Flight(K key, Supplier<? extends Work<V>> work) {
      this.key = key;
      this.work = work.get();
    }

    void start() {
      var unused =
          started()
              .whenComplete(
                  (value, failure) -> {
                    // Closed first: who comes after the outcome is known starts anew.
                    close();
                    if (failure != null) {
                      outcome.completeExceptionally(failure);
                    } else {
                      outcome.complete(value);
                    }
                  });
    }

    private CompletableFuture<V> started() {
      try {
        return work.start();
      } catch (RuntimeException | Error e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private synchronized void close() {
      closed = true;
      flights.remove(key, this);
    }

    synchronized @Nullable Seat board() {
      if (closed) {
        return null;
      }
      Seat seat = new Seat(this);
      seats.add(seat);
      return seat;
    }

    synchronized boolean leads(Seat seat) {
      return !seats.isEmpty() && seats.get(0) == seat;
    }

    void leave(Seat seat) {
      synchronized (this) {
        if (!seats.remove(seat) || !seats.isEmpty() || closed) {
          return;
        }
        close();
      }
      work.abandon();
    }
  }
}
