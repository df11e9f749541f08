package io.millrace.inference.publish;

import io.millrace.cache.JobStore;
import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisJobStore;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.jobs.publish.StoreSink;
import io.millrace.schemas.avro.InferenceResult;
import java.util.concurrent.CompletableFuture;

/** Opens the job store in Redis, for results. */
public final class RedisStoreFactory implements StoreSink.StoreFactory<InferenceResult> {

  private static final long serialVersionUID = 1L;

  private final InferenceConfig.Redis redis;

  public RedisStoreFactory(InferenceConfig.Redis redis) {
    this.redis = redis;
  }

  @Override
  public StoreSink.Store<InferenceResult> get() {
    JobStore jobs = RedisJobStore.open(RedisConfig.of(redis.uri()), redis.resultTtl());
    return new StoreSink.Store<>() {
      @Override
      public CompletableFuture<Void> write(InferenceResult result) {
        return jobs.finished(result);
      }

      @Override
      public void close() {
        jobs.close();
      }
    };
  }
}
