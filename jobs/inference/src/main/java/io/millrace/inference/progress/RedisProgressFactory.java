package io.millrace.inference.progress;

import io.millrace.cache.ProgressStore;
import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisProgressStore;

/**
 * Opens the progress of a job in Redis.
 *
 * @param redis its URI
 * @param job the job's consumer group
 */
public record RedisProgressFactory(String redis, String job)
    implements SharedProgress.StoreFactory {

  private static final long serialVersionUID = 1L;

  @Override
  public ProgressStore get() {
    return RedisProgressStore.open(RedisConfig.of(redis), job);
  }

  /** The URI may hold a password. */
  @Override
  public String toString() {
    return "RedisProgressFactory[job=" + job + "]";
  }
}
