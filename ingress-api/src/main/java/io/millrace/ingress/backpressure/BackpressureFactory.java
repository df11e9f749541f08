package io.millrace.ingress.backpressure;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.millrace.cache.ProgressStore;
import io.millrace.cache.RedisProgressStore;
import io.millrace.ingress.BackpressureSettings;
import io.millrace.ingress.RedisSettings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** What measures the queue. */
@Factory
final class BackpressureFactory {

  @Bean(preDestroy = "close")
  @Singleton
  ProgressStore progressStore(RedisSettings redis, BackpressureSettings settings) {
    return RedisProgressStore.open(redis.connection(), settings.consumerGroup());
  }

  @Singleton
  QueueDepth queueDepth(BackpressureSettings settings) {
    return new QueueDepth(
        new QueueLimits(settings.maxDepth(), settings.maxWait(), settings.reopenPercent() / 100.0),
        System::nanoTime,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  @Bean(preDestroy = "close")
  @Singleton
  QueuePoller queuePoller(
      @Named("queue") Supplier<Consumer<byte[], byte[]>> consumers,
      ProgressStore progress,
      BackpressureSettings settings,
      QueueDepth depth,
      QueueMetrics metrics) {
    QueuePoller poller = new QueuePoller(consumers, progress, settings.interval(), depth, metrics);
    poller.start();
    return poller;
  }
}
