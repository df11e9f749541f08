package io.millrace.local.bench.stream;

import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.local.bench.load.Texts;
import java.util.List;

/** {@code drift}. */
public final class DriftScenario implements Scenario {

  private static final int REQUESTS = 20_000;
  private static final String RATE = "texts_per_second";

  @Override
  public String name() {
    return "drift";
  }

  @Override
  public String about() {
    return "Distinct texts drained through the whole job in int8, with drift computed and without;"
        + " quality and cost are computed in both. The first quarter of each drain does not count.";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.atLeast("ratio", 0.95));
  }

  @Override
  public List<Side> sides(BenchContext context) throws Exception {
    InstalledModel model = context.int8();
    List<String> texts = new Texts(context.texts()).distinct(context.options().requests(REQUESTS));
    BenchStack on = BenchStack.of(context, model).withoutCache();
    return List.of(
        new Side("off", () -> drain(on.with("DRIFT_ENABLED", "false"), model, texts)),
        new Side("on", () -> drain(on, model, texts)));
  }

  private static Figures drain(BenchStack running, InstalledModel model, List<String> texts)
      throws Exception {
    String name = model.version().model();
    return running.useJob(
        stack ->
            new Drain(stack.kafka(), new TextMessages(name, model.input(), texts), RATE)
                .run(texts.size()));
  }

  @Override
  public Figures compare(Figures round) {
    return Figures.of("ratio", round.get("on." + RATE) / round.get("off." + RATE));
  }
}
