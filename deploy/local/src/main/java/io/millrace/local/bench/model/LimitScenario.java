package io.millrace.local.bench.model;

import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.local.bench.load.Texts;
import java.util.List;

/** {@code limit}. */
public final class LimitScenario implements Scenario {

  private static final int TEXTS = 6_000;
  private static final String RATE = "texts_per_second";

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public String about() {
    return "The model alone, no Kafka and no Flink: tokenise, and infer in batches of 16 of equal"
        + " lengths by two callers, and one text at a time by one, in fp32 and int8.";
  }

  @Override
  public List<Target> targets() {
    return List.of();
  }

  @Override
  public List<Side> sides(BenchContext context) throws Exception {
    List<String> texts = new Texts(context.texts()).distinct(context.options().requests(TEXTS));
    ModelLimit fp32 = context.shutdown().add("the model", ModelLimit.open(context.fp32()));
    ModelLimit int8 = context.shutdown().add("the model", ModelLimit.open(context.int8()));
    List<String> fewer = texts.subList(0, (texts.size() + 2) / 3);
    return List.of(
        new Side("fp32", () -> Figures.of(RATE, fp32.batched(texts))),
        new Side("int8", () -> Figures.of(RATE, int8.batched(texts))),
        new Side("one_by_one_fp32", () -> Figures.of(RATE, fp32.oneByOne(fewer))),
        new Side("one_by_one_int8", () -> Figures.of(RATE, int8.oneByOne(fewer))));
  }

  @Override
  public Figures compare(Figures round) {
    return Figures.of("int8_to_fp32", rate(round, "int8") / rate(round, "fp32"));
  }

  private static double rate(Figures round, String side) {
    return round.get(side + "." + RATE);
  }
}
