package io.millrace.local.bench.stream;

import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.local.bench.frame.BenchOptions;
import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.local.bench.load.Arrivals;
import io.millrace.models.ModelVersion;
import io.millrace.models.onnx.TensorPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * {@code crayfish}: the workload of S. Horchidan et al., "Crayfish: Navigating the Labyrinth of
 * Machine Learning Inference in Stream Processing Systems", EDBT 2024: a feed-forward network, one
 * point of 28 x 28 floats an event, from Kafka to Kafka.
 */
public final class CrayfishScenario implements Scenario {

  private static final int EVENTS = 400_000;
  private static final int SECONDS = 15;
  private static final int BATCH_SIZE = 64;
  private static final long SEED = 5;
  private static final String RATE = "events_per_second";
  private static final ModelVersion VERSION = new ModelVersion("crayfish-ffnn", "1.0.0");

  @Override
  public String name() {
    return "crayfish";
  }

  @Override
  public String about() {
    return "The Crayfish benchmark's feed-forward network, one point of 28 x 28 floats an event, from"
        + " Kafka through the job to Kafka, without API, webhooks, cache and reports, at parallelism 1"
        + " and 2: events a second of a full topic, and latency at half of that. Needs --model FILE.onnx.";
  }

  @Override
  public List<Target> targets() {
    return List.of(
        Target.atLeast("parallelism_1." + RATE, 12_000),
        Target.atMost("parallelism_1.at_half.p50_ms", 10));
  }

  @Override
  public @Nullable String missing(BenchOptions options) {
    Path file = options.model();
    if (file == null) {
      return "needs --model FILE.onnx: Crayfish's model-ffnn.onnx, whose input is [-1,1,784]";
    }
    return Files.isRegularFile(file) ? null : "finds no file at --model " + file;
  }

  @Override
  public List<Side> sides(BenchContext context) throws Exception {
    InstalledModel model = install(context);
    return List.of(
        new Side("parallelism_1", () -> run(context, model, 1)),
        new Side("parallelism_2", () -> run(context, model, 2)));
  }

  private static InstalledModel install(BenchContext context) throws Exception {
    Path repository = context.directory("crayfish");
    // The file may be another one than last time.
    FileUtils.deleteDirectory(repository.toFile());
    Files.createDirectories(repository);
    var unused =
        TensorPackage.write(
            repository,
            VERSION,
            Objects.requireNonNull(context.options().model()),
            BATCH_SIZE,
            // What drift would be measured on, which Crayfish does not do either.
            List.of());
    return new InstalledModel(repository, VERSION);
  }

  private static Figures run(BenchContext context, InstalledModel model, int parallelism)
      throws Exception {
    return BenchStack.of(context, model)
        .withoutCache()
        .with("PARALLELISM", Integer.toString(parallelism))
        .with("DRIFT_ENABLED", "false")
        .with("QUALITY_ENABLED", "false")
        .with("COST_ENABLED", "false")
        .useJob(stack -> measure(context, model, stack.kafka()));
  }

  private static Figures measure(BenchContext context, InstalledModel model, String kafka)
      throws Exception {
    int events = context.options().requests(EVENTS);
    PointMessages messages = new PointMessages(VERSION.model(), model.input());
    Figures drained = new Drain(kafka, messages, RATE).run(events);
    Arrivals half =
        Arrivals.poisson(
            drained.get(RATE) / 2, context.options().duration(SECONDS), new SplittableRandom(SEED));
    return drained.with("at_half", new ResultLatency(kafka, messages).run(half, events));
  }

  @Override
  public Figures compare(Figures round) {
    return Figures.of(
        "scaling", round.get("parallelism_2." + RATE) / round.get("parallelism_1." + RATE));
  }
}
