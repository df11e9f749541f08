package io.millrace.jobs.progress;

/**
 * What a step of the job tells of its records. A record is in flight from {@link #read} to {@link
 * #left}; one that leaves a step which Flink restores it in, and enters it again, is told of anew.
 * Safe for use by several threads; costs no I/O.
 */
public interface ProgressReport extends AutoCloseable {

  /** A record was read from the topic and is in flight. */
  void read(int partition, long offset);

  /** A record is in flight in a step that keeps it in its state. */
  void entered();

  /** A record that was read, or entered, is in flight there no longer. */
  void left();

  @Override
  void close();
}
