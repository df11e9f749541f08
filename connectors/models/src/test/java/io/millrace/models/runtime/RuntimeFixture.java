package io.millrace.models.runtime;

import io.millrace.models.InvalidInputException;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.schemas.avro.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A runtime over fake models. */
final class RuntimeFixture implements AutoCloseable {

  static final ModelVersion VERSION = new ModelVersion("support-desk", "1.0.0");
  static final ModelVersion CANDIDATE = new ModelVersion("support-desk", "1.1.0");

  final ManualTicker loadTicker = new ManualTicker();
  final FakeEngine engine = new FakeEngine();
  final BatchingModelRuntime runtime;

  private RuntimeFixture(TestOptions options) {
    this.runtime =
        new BatchingModelRuntime(
            new FakeRepository("fake", FakeRepository.HINTS),
            List.of(engine),
            options.options(),
            loadTicker);
  }

  static RuntimeFixture of(TestOptions options) {
    return new RuntimeFixture(options);
  }

  RuntimeFixture serving(ModelVersion version, FakeModel model) {
    engine.with(version, () -> model);
    return this;
  }

  CompletableFuture<Prediction> submit(ModelVersion version, String text) {
    try {
      return served(version).prepare(FakeModel.inputs(text)).submit(Priority.NORMAL).answer();
    } catch (InvalidInputException e) {
      throw new AssertionError(e);
    }
  }

  CompletableFuture<Prediction> submit(String text) {
    return submit(VERSION, text);
  }

  ServedModel served(ModelVersion version) {
    return runtime.load(version).join();
  }

  RuntimeStats stats() {
    return runtime.stats().get(0);
  }

  /** Threads of the version that are alive. */
  static long workerThreads(ModelVersion version) {
    String prefix = "millrace-%s-%s-worker-".formatted(version.model(), version.version());
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }

  static ConditionFactory await() {
    return Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    runtime.close();
  }
}
