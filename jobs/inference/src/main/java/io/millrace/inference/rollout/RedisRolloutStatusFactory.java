package io.millrace.inference.rollout;

import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisRolloutStatusStore;
import io.millrace.cache.RolloutStatusStore;
import io.millrace.jobs.publish.StoreSink;
import io.millrace.schemas.avro.RolloutStatus;
import java.util.concurrent.CompletableFuture;

/** Opens the store in Redis for the status of rollouts. */
public final class RedisRolloutStatusFactory implements StoreSink.StoreFactory<RolloutStatus> {

  private static final long serialVersionUID = 1L;

  private final String uri;

  /**
   * A factory.
   *
   * @param uri as {@link RedisConfig} has it
   */
  public RedisRolloutStatusFactory(String uri) {
    this.uri = uri;
  }

  @Override
  public StoreSink.Store<RolloutStatus> get() {
    return new StatusStore(RedisRolloutStatusStore.open(RedisConfig.of(uri)));
  }

  private record StatusStore(RolloutStatusStore statuses)
      implements StoreSink.Store<RolloutStatus> {

    @Override
    public CompletableFuture<Void> write(RolloutStatus status) {
      return statuses.append(status);
    }

    @Override
    public void close() {
      statuses.close();
    }
  }
}
