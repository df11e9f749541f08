package io.millrace.local.bench.model;

import io.millrace.embedded.EmbeddedRedis;
import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.local.bench.load.Zipf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** {@code cost}. */
public final class CostScenario implements Scenario {

  private static final int REQUESTS = 8_000;
  private static final double EXPONENT = 1.1;
  private static final long SEED = 11;
  private static final String COST = "model_seconds_per_1000";
  private static final String OFF = "off";
  private static final String ALL = "all";

  private static final Map<String, CostSetting> SETTINGS = new LinkedHashMap<>();

  static {
    SETTINGS.put(OFF, CostSetting.OFF);
    SETTINGS.put("batching", CostSetting.BATCHING);
    SETTINGS.put("bucketing", CostSetting.BUCKETING);
    SETTINGS.put("coalescing", CostSetting.COALESCING);
    SETTINGS.put("cache", CostSetting.CACHE);
    SETTINGS.put("int8", CostSetting.INT8);
    SETTINGS.put(ALL, CostSetting.ALL);
  }

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public String about() {
    return "Time of the model for 1,000 requests whose texts repeat (Zipf, s = 1.1): one at a time in"
        + " fp32 with nothing kept, against each of batching, batches by length, coalescing, the"
        + " cache and int8 alone, and all together.";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.atLeast("reduction", 0.9));
  }

  @Override
  public List<Side> sides(BenchContext context) throws Exception {
    InstalledModel fp32 = context.fp32();
    InstalledModel int8 = context.int8();
    EmbeddedRedis redis =
        context.shutdown().add("Redis", EmbeddedRedis.start(context.directory("cost-redis"), 0));
    List<String> texts = repeating(context.texts(), context.options().requests(REQUESTS));
    List<Side> sides = new ArrayList<>();
    SETTINGS.forEach(
        (name, setting) ->
            sides.add(
                new Side(
                    name,
                    () ->
                        new CostRun(setting.int8() ? int8 : fp32, setting, redis.uri())
                            .run(texts))));
    return sides;
  }

  @Override
  public Figures compare(Figures round) {
    double off = round.get(OFF + "." + COST);
    Figures alone = Figures.NONE;
    for (String name : SETTINGS.keySet()) {
      if (!name.equals(OFF) && !name.equals(ALL)) {
        alone = alone.with(name, 1 - round.get(name + "." + COST) / off);
      }
    }
    return Figures.of("reduction", 1 - round.get(ALL + "." + COST) / off)
        .with("reduction_by", alone);
  }

  private static List<String> repeating(List<String> rows, int count) {
    Zipf zipf = new Zipf(rows.size(), EXPONENT);
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(rows.get(zipf.next(random)));
    }
    return texts;
  }
}
