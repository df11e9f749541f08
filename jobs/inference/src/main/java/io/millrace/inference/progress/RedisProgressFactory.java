package io.millrace.inference.progress;

import io.millrace.cache.ProgressStore;
import io.millrace.cache.RedisProgressStore;
import io.millrace.inference.config.InferenceConfig;

/**
 * Opens the progress of a job in Redis.
 *
 * @param job the job's consumer group
 */
public record RedisProgressFactory(InferenceConfig.Redis redis, String job)
    implements SharedProgress.StoreFactory {

  private static final long serialVersionUID = 1L;

  @Override
  public ProgressStore get() {
    return RedisProgressStore.open(redis.connection(), job);
  }

  /** The URI may hold a password. */
  @Override
  public String toString() {
    return "RedisProgressFactory[job=" + job + "]";
  }
}
