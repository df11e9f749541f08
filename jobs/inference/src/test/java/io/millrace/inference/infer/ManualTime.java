package io.millrace.inference.infer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock and a timer that the test moves. */
final class ManualTime implements InstantSource, Timer {

  private record Task(Instant time, Runnable action) {}

  private final List<Task> tasks = new ArrayList<>();
  private Instant now;

  ManualTime(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Pending at(Instant time, Runnable action) {
    Task task = new Task(time, action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Moves on, and runs what is due on the way, each at its time. */
  void advance(Duration duration) {
    Instant end = now.plus(duration);
    for (Optional<Task> next = due(end); next.isPresent(); next = due(end)) {
      tasks.remove(next.get());
      now = next.get().time().isAfter(now) ? next.get().time() : now;
      next.get().action().run();
    }
    now = end;
  }

  int pending() {
    return tasks.size();
  }

  private Optional<Task> due(Instant end) {
    return tasks.stream()
        .filter(task -> !task.time().isAfter(end))
        .min(Comparator.comparing(Task::time));
  }
}
