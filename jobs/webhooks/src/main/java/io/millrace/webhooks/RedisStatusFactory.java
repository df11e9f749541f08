package io.millrace.webhooks;

import io.millrace.cache.RedisWebhookDeliveryStore;
import io.millrace.cache.WebhookDeliveryStatus;
import io.millrace.cache.WebhookDeliveryStore;
import io.millrace.jobs.publish.StoreSink;
import io.millrace.webhooks.config.WebhooksConfig;
import java.util.concurrent.CompletableFuture;

/** Opens the store of delivery status in Redis. */
final class RedisStatusFactory implements StoreSink.StoreFactory<WebhookDeliveryStatus> {

  private static final long serialVersionUID = 1L;

  private final WebhooksConfig.Redis redis;

  RedisStatusFactory(WebhooksConfig.Redis redis) {
    this.redis = redis;
  }

  @Override
  public StoreSink.Store<WebhookDeliveryStatus> get() {
    WebhookDeliveryStore store =
        RedisWebhookDeliveryStore.open(redis.connection(), redis.resultTtl());
    return new StoreSink.Store<>() {
      @Override
      public CompletableFuture<Void> write(WebhookDeliveryStatus status) {
        return store.put(status);
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }
}
