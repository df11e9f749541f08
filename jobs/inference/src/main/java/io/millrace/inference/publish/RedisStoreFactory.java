package io.millrace.inference.publish;

import io.millrace.cache.JobStore;
import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisJobStore;
import io.millrace.inference.config.InferenceConfig;

/** Opens the job store in Redis. */
public final class RedisStoreFactory implements JobStoreSink.StoreFactory {

  private static final long serialVersionUID = 1L;

  private final InferenceConfig.Redis redis;

  public RedisStoreFactory(InferenceConfig.Redis redis) {
    this.redis = redis;
  }

  @Override
  public JobStore get() {
    return RedisJobStore.open(RedisConfig.of(redis.uri()), redis.resultTtl());
  }
}
