package io.millrace.local.bench.http;

import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.local.bench.frame.BenchOptions;
import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.local.bench.load.ArrivalTrace;
import io.millrace.local.bench.load.Arrivals;
import io.millrace.local.bench.load.Texts;
import io.millrace.local.bench.stream.BenchStack;
import io.millrace.local.stack.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@code latency}. */
public final class LatencyScenario implements Scenario {

  private static final int SECONDS = 20;
  private static final Duration CAPACITY = Duration.ofSeconds(10);

  /** Enough to keep all workers busy; a synchronous server needs no more than its threads. */
  private static final int CLIENTS = 64;

  private static final int SYNCHRONOUS_CLIENTS = 8;
  private static final int TEXTS = 200_000;
  private static final long SEED = 3;

  /** For services that would rather refuse than answer late; the default is 30 s. */
  private static final String MAX_WAIT = "1s";

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String about() {
    return "Open loops over HTTP with Prefer: wait, times from when a request was due: Poisson"
        + " arrivals, and those of --trace, at 50% and 80% of capacity; and at 80% and 150% of what a"
        + " synchronous server with the same model can, which gets the same load.";
  }

  @Override
  public List<Target> targets() {
    return List.of(
        Target.atMost("millrace.poisson_50.overhead_p50_ms", 15),
        Target.atMost("millrace.poisson_50.overhead_p99_ms", 75),
        Target.atMost("millrace.poisson_50.queue_wait_share", 0.1),
        Target.atMost("p99_ratio.at_80", 0.6),
        Target.atMost("p99_ratio.at_150", 0.6));
  }

  @Override
  public @Nullable String missing(BenchOptions options) {
    Path trace = options.trace();
    return trace == null || Files.isRegularFile(trace) ? null : "finds no file at --trace " + trace;
  }

  @Override
  public List<Side> sides(BenchContext context) throws Exception {
    InstalledModel model = context.fp32();
    Path trace = context.options().trace();
    List<Double> recorded = trace == null ? List.of() : ArrivalTrace.read(trace);
    List<String> texts = new Texts(context.texts()).distinct(TEXTS);
    // Known before either is measured, so that both get the same loads.
    double synchronousCapacity = synchronousCapacity(model, texts);
    return List.of(
        new Side("synchronous", () -> synchronous(context, model, texts, synchronousCapacity)),
        new Side("millrace", () -> millrace(context, model, texts, synchronousCapacity, recorded)));
  }

  private static double synchronousCapacity(InstalledModel model, List<String> texts)
      throws Exception {
    try (SynchronousServer server = SynchronousServer.start(model);
        TextClient client = client(server, texts)) {
      double unused = client.closed(SYNCHRONOUS_CLIENTS, CAPACITY.dividedBy(4));
      return client.closed(SYNCHRONOUS_CLIENTS, CAPACITY);
    }
  }

  private static Figures synchronous(
      BenchContext context, InstalledModel model, List<String> texts, double capacity)
      throws Exception {
    try (SynchronousServer server = SynchronousServer.start(model);
        TextClient client = client(server, texts)) {
      double unused = client.closed(SYNCHRONOUS_CLIENTS, CAPACITY.dividedBy(4));
      return Figures.of("capacity_per_second", capacity)
          .with("at_80", load(context, client, capacity * 0.8))
          .with("at_150", load(context, client, capacity * 1.5));
    }
  }

  private static TextClient client(SynchronousServer server, List<String> texts) {
    return new TextClient(server.uri(), "text", supply(texts));
  }

  private static Figures millrace(
      BenchContext context,
      InstalledModel model,
      List<String> texts,
      double synchronousCapacity,
      List<Double> recorded)
      throws Exception {
    System.setProperty("millrace.backpressure.max-wait", MAX_WAIT);
    return BenchStack.of(context, model)
        .use(
            stack -> {
              try (TextClient client = client(stack, model, texts)) {
                return measure(context, client, synchronousCapacity, recorded);
              }
            });
  }

  private static TextClient client(LocalStack stack, InstalledModel model, List<String> texts) {
    String name = model.version().model();
    return new TextClient(
        stack.addresses().api().resolve("/v1/models/" + name + "/jobs"),
        stack.textInput(name),
        supply(texts));
  }

  private static Figures measure(
      BenchContext context, TextClient client, double synchronousCapacity, List<Double> recorded)
      throws InterruptedException {
    double unused = client.closed(CLIENTS, CAPACITY.multipliedBy(2));
    double capacity = client.closed(CLIENTS, CAPACITY);
    Duration length = context.options().duration(SECONDS);
    Figures figures =
        Figures.of("capacity_per_second", capacity)
            .with("poisson_50", load(context, client, capacity * 0.5))
            .with("poisson_80", load(context, client, capacity * 0.8));
    if (!recorded.isEmpty()) {
      figures =
          figures
              .with(
                  "trace_50",
                  client.open(Arrivals.recorded(recorded, capacity * 0.5, length)).figures())
              .with(
                  "trace_80",
                  client.open(Arrivals.recorded(recorded, capacity * 0.8, length)).figures());
    }
    return figures
        .with("at_80", load(context, client, synchronousCapacity * 0.8))
        .with("at_150", load(context, client, synchronousCapacity * 1.5));
  }

  private static Figures load(BenchContext context, TextClient client, double perSecond)
      throws InterruptedException {
    return client
        .open(
            Arrivals.poisson(
                perSecond, context.options().duration(SECONDS), new SplittableRandom(SEED)))
        .figures();
  }

  private static TextClient.TextSupply supply(List<String> texts) {
    AtomicInteger next = new AtomicInteger();
    return () -> texts.get(next.getAndIncrement() % texts.size());
  }

  @Override
  public Figures compare(Figures round) {
    return Figures.of("p99_ratio.at_80", ratio(round, "at_80"))
        .with("p99_ratio.at_150", ratio(round, "at_150"));
  }

  private static double ratio(Figures round, String load) {
    return round.get("millrace." + load + ".p99_ms") / round.get("synchronous." + load + ".p99_ms");
  }
}
