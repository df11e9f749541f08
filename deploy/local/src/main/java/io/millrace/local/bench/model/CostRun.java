package io.millrace.local.bench.model;

import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisResultCache;
import io.millrace.cache.ResultCache;
import io.millrace.inference.infer.InferenceService;
import io.millrace.inference.infer.Sampling;
import io.millrace.inference.metrics.ComputationMetrics;
import io.millrace.inference.metrics.Meters;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.tracing.JobSpans;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.local.bench.frame.Figures;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.runtime.BatchingModelRuntime;
import io.millrace.models.runtime.RuntimeOptions;
import io.millrace.models.runtime.RuntimeStats;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the job's {@link InferenceService} for answers to texts, and counts the time that the model
 * took. One call runs at a time, so that calls do not slow each other down.
 */
final class CostRun {

  private static final int CACHE_TTL_SECONDS = 3_600;
  private static final int LOCAL_CACHE_BYTES = 16 << 20;

  private final InstalledModel model;
  private final CostSetting setting;
  private final String redis;

  CostRun(InstalledModel model, CostSetting setting, String redis) {
    this.model = model;
    this.setting = setting;
    this.redis = redis;
  }

  /**
   * Asks for all of them.
   *
   * @return {@code model_seconds_per_1000}, and {@code computed_share} of the requests
   */
  Figures run(List<String> texts) throws Exception {
    LocalModelRepository packages = new LocalModelRepository(model.repository());
    String input = packages.open(model.version()).manifest().inputs().get(0).name();
    ExecutorService preparation = Executors.newSingleThreadExecutor();
    try (BatchingModelRuntime runtime =
            new BatchingModelRuntime(
                new RebatchedRepository(packages, setting.hints()), oneWorker());
        ResultCache cache = RedisResultCache.open(RedisConfig.of(redis), LOCAL_CACHE_BYTES);
        InferenceService service = service(runtime, cache, preparation)) {
      var unused = runtime.load(model.version()).get();
      ask(service, input, texts);
      RuntimeStats stats = runtime.stats().get(0);
      return Figures.of(
              "model_seconds_per_1000", stats.computeTime().toNanos() / 1e9 * 1_000 / texts.size())
          .with("computed_share", (double) stats.items() / texts.size());
    } finally {
      preparation.shutdownNow();
    }
  }

  private static InferenceService service(
      BatchingModelRuntime runtime, ResultCache cache, ExecutorService preparation) {
    return new InferenceService(
        runtime,
        cache,
        preparation,
        Clock.systemUTC(),
        (time, task) -> () -> {},
        JobSpans.off(),
        new ComputationMetrics(Meters.NONE, System::nanoTime),
        0,
        Sampling.OFF);
  }

  private static RuntimeOptions oneWorker() {
    RuntimeOptions defaults = RuntimeOptions.defaults();
    return new RuntimeOptions(
        1,
        defaults.minBatchDelay(),
        defaults.maxBatchDelay(),
        defaults.starvationBound(),
        defaults.maxQueuedItems(),
        defaults.callTimeout(),
        defaults.stopGrace(),
        defaults.maxAbandonedCalls(),
        defaults.loadRetryPause(),
        defaults.unloadAfter(),
        defaults.breaker());
  }

  private void ask(InferenceService service, String input, List<String> texts)
      throws InterruptedException {
    // What an earlier run has kept is not this one's.
    String run = UUID.randomUUID().toString();
    Semaphore free = new Semaphore(setting.inFlight());
    AtomicInteger failed = new AtomicInteger();
    for (int i = 0; i < texts.size(); i++) {
      free.acquire();
      var unused =
          service
              .infer(request(run, i, input, texts.get(i)))
              .whenComplete(
                  (outcome, failure) -> {
                    failed.addAndGet(failure == null && succeeded(outcome) ? 0 : 1);
                    free.release();
                  });
    }
    free.acquire(setting.inFlight());
    if (failed.get() > 0) {
      throw new IllegalStateException(failed + " requests did not succeed");
    }
  }

  private static boolean succeeded(Optional<Outcome> outcome) {
    return outcome
        .map(Outcome::result)
        .filter(result -> result.getStatus() == ResultStatus.SUCCEEDED)
        .isPresent();
  }

  private RoutedRequest request(String run, int index, String input, String text) {
    Submit submit =
        Submit.newBuilder().setInputs(List.of(Tensors.ofStrings(input, List.of(text)))).build();
    String fingerprint = Fingerprint.of(run, model.version().model(), submit);
    InferenceCommand command =
        InferenceCommand.newBuilder()
            .setJobId(run + index)
            .setTenant(run)
            .setModel(model.version().model())
            // Contents that are not equal are never shared.
            .setFingerprint(setting.coalesced() ? fingerprint : fingerprint + index)
            .setCreatedAt(Instant.EPOCH)
            .setCommand(submit)
            .build();
    return RoutedRequest.of(
        command, model.version().version(), setting.cached() ? CACHE_TTL_SECONDS : 0, null, 0);
  }
}
