package io.millrace.inference.publish;

import io.millrace.cache.JobStore;
import io.millrace.cache.RedisJobStore;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.tracing.JobSpans;
import io.millrace.inference.tracing.SharedJobSpans;
import io.millrace.jobs.publish.StoreSink;
import io.millrace.schemas.avro.InferenceResult;
import io.opentelemetry.api.trace.Span;
import java.util.concurrent.CompletableFuture;

/** Opens the job store in Redis, for results; each write is the span {@code publish} of its job. */
public final class RedisStoreFactory implements StoreSink.StoreFactory<InferenceResult> {

  private static final long serialVersionUID = 1L;

  private final InferenceConfig.Redis redis;
  private final InferenceConfig.Tracing tracing;

  public RedisStoreFactory(InferenceConfig.Redis redis, InferenceConfig.Tracing tracing) {
    this.redis = redis;
    this.tracing = tracing;
  }

  @Override
  public StoreSink.Store<InferenceResult> get() {
    return new TracedStore(
        RedisJobStore.open(redis.connection(), redis.resultTtl()), SharedJobSpans.open(tracing));
  }

  private record TracedStore(JobStore jobs, SharedJobSpans tracing)
      implements StoreSink.Store<InferenceResult> {

    @Override
    public CompletableFuture<Void> write(InferenceResult result) {
      Span publish = tracing.spans().publishing(result);
      return jobs.finished(result)
          .whenComplete((written, failure) -> JobSpans.published(publish, failure));
    }

    @Override
    public void close() {
      jobs.close();
      tracing.close();
    }
  }
}
