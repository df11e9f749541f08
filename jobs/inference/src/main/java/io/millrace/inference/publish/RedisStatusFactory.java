package io.millrace.inference.publish;

import io.millrace.cache.RedisRolloutStatusStore;
import io.millrace.cache.RolloutStatusStore;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.jobs.publish.StoreSink;
import io.millrace.schemas.avro.RolloutStatus;
import java.util.concurrent.CompletableFuture;

/** Opens the store of rollouts' statuses in Redis. */
public final class RedisStatusFactory implements StoreSink.StoreFactory<RolloutStatus> {

  private static final long serialVersionUID = 1L;

  private final InferenceConfig.Redis redis;

  public RedisStatusFactory(InferenceConfig.Redis redis) {
    this.redis = redis;
  }

  @Override
  public StoreSink.Store<RolloutStatus> get() {
    return new Statuses(RedisRolloutStatusStore.open(redis.connection()));
  }

  private record Statuses(RolloutStatusStore store) implements StoreSink.Store<RolloutStatus> {

    @Override
    public CompletableFuture<Void> write(RolloutStatus status) {
      return store.append(status);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
