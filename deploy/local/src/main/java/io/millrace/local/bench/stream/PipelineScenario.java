package io.millrace.local.bench.stream;

import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.local.bench.load.Texts;
import io.millrace.local.bench.model.ModelLimit;
import java.util.ArrayList;
import java.util.List;

/** {@code pipeline}. */
public final class PipelineScenario implements Scenario {

  private static final int REQUESTS = 12_000;
  private static final String RATE = "texts_per_second";

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String about() {
    return "A topic of distinct texts drained through the whole job (deduplication, coalescing,"
        + " cache, drift, quality and cost on, results exactly once), against the model alone on the"
        + " same texts, in fp32 and int8. The first quarter of each drain does not count.";
  }

  @Override
  public List<Target> targets() {
    return List.of(
        Target.atLeast("ratio_to_limit.fp32", 0.9), Target.atLeast("ratio_to_limit.int8", 0.85));
  }

  @Override
  public List<Side> sides(BenchContext context) throws Exception {
    List<String> texts = new Texts(context.texts()).distinct(context.options().requests(REQUESTS));
    List<Side> sides = new ArrayList<>();
    sides.addAll(pair(context, "fp32", context.fp32(), texts));
    sides.addAll(pair(context, "int8", context.int8(), texts));
    return sides;
  }

  private static List<Side> pair(
      BenchContext context, String name, InstalledModel model, List<String> texts) {
    return List.of(
        new Side("limit_" + name, () -> limit(model, texts)),
        new Side("pipeline_" + name, () -> drain(context, model, texts)));
  }

  private static Figures limit(InstalledModel model, List<String> texts) throws Exception {
    try (ModelLimit limit = ModelLimit.open(model)) {
      return Figures.of(RATE, limit.batched(texts));
    }
  }

  private static Figures drain(BenchContext context, InstalledModel model, List<String> texts)
      throws Exception {
    String name = model.version().model();
    return BenchStack.of(context, model)
        .useJob(
            stack ->
                new Drain(stack.kafka(), new TextMessages(name, model.input(), texts), RATE)
                    .run(texts.size()));
  }

  @Override
  public Figures compare(Figures round) {
    return Figures.of("ratio_to_limit.fp32", ratio(round, "fp32"))
        .with("ratio_to_limit.int8", ratio(round, "int8"));
  }

  private static double ratio(Figures round, String name) {
    return round.get("pipeline_" + name + "." + RATE) / round.get("limit_" + name + "." + RATE);
  }
}
