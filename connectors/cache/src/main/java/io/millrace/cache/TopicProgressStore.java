package io.millrace.cache;

import java.util.concurrent.CompletableFuture;

/**
 * How far topics have been read into a store. It is kept beside what was read and written after it,
 * so whatever loses entries loses the progress that stands for them too.
 */
public interface TopicProgressStore extends AutoCloseable {

  /** How far a topic is in the store. */
  CompletableFuture<TopicProgress> progress(String topic);

  /**
   * Notes that the records of a partition before an offset are in the store.
   *
   * @return false, and nothing is noted, when the store does not stand at the step's beginning: it
   *     was emptied or set back, or somebody else has gone on
   */
  CompletableFuture<Boolean> advance(String topic, TopicProgress.Step step);

  @Override
  void close();
}
