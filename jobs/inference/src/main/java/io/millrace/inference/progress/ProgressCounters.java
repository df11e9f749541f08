package io.millrace.inference.progress;

import io.millrace.cache.JobProgress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** The progress of all subtasks in one process. */
final class ProgressCounters {

  private final ConcurrentMap<Integer, Long> positions = new ConcurrentHashMap<>();
  private final LongAdder inFlight = new LongAdder();

  void read(int partition, long offset) {
    positions.put(partition, offset + 1);
    inFlight.increment();
  }

  void entered() {
    inFlight.increment();
  }

  void left() {
    inFlight.decrement();
  }

  JobProgress current() {
    return new JobProgress(positions, inFlight.sum());
  }
}
