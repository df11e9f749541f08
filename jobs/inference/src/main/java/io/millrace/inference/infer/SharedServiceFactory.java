package io.millrace.inference.infer;

import io.millrace.cache.RedisResultCache;
import io.millrace.cache.ResultCache;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.metrics.ComputationMetrics;
import io.millrace.inference.metrics.Meters;
import io.millrace.inference.tracing.SharedJobSpans;
import io.millrace.models.runtime.SharedModelRuntime;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Services over the model runtime that all subtasks of a task manager share, each with a connection
 * of its own to the result cache.
 */
public final class SharedServiceFactory implements InferenceServiceFactory {

  private static final long serialVersionUID = 1L;
  private static final long MEGABYTE = 1 << 20;

  private final SharedRuntime runtime;
  private final InferenceConfig.Redis redis;
  private final InferenceConfig.Infer infer;
  private final InferenceConfig.Tracing tracing;
  private final Sampling sampling;

  public SharedServiceFactory(
      InferenceConfig.Models models,
      InferenceConfig.Redis redis,
      InferenceConfig.Infer infer,
      InferenceConfig.Tracing tracing,
      Sampling sampling) {
    this.runtime = new SharedRuntime(models);
    this.redis = redis;
    this.infer = infer;
    this.tracing = tracing;
    this.sampling = sampling;
  }

  @Override
  public Opened open(String name, Meters meters) {
    SharedModelRuntime.Lease lease = runtime.acquire();
    ResultCache cache =
        RedisResultCache.open(redis.connection(), redis.localCacheMegabytes() * MEGABYTE);
    ExecutorService preparation =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "millrace-prepare " + name);
              thread.setDaemon(true);
              return thread;
            });
    Clock clock = Clock.systemUTC();
    ScheduledTimer timer = new ScheduledTimer(clock, "millrace-deadlines " + name);
    SharedJobSpans spans = SharedJobSpans.open(tracing);
    InferenceService service =
        new InferenceService(
            lease.runtime(),
            cache,
            preparation,
            clock,
            timer,
            spans.spans(),
            new ComputationMetrics(meters, System::nanoTime),
            infer.maxShadows(),
            sampling);
    return new OpenedService(service, cache, preparation, timer, lease, spans);
  }

  private record OpenedService(
      InferenceService service,
      ResultCache cache,
      ExecutorService preparation,
      ScheduledTimer timer,
      SharedModelRuntime.Lease lease,
      SharedJobSpans spans)
      implements Opened {

    @Override
    public void close() {
      preparation.shutdownNow();
      timer.close();
      service.close();
      cache.close();
      lease.close();
      spans.close();
    }
  }
}
