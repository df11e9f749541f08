package io.millrace.inference.window;

import static io.millrace.inference.window.WindowsHarness.HOUR;
import static io.millrace.inference.window.WindowsHarness.LATE_INTERVAL;
import static io.millrace.inference.window.WindowsHarness.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.observe.Sample;
import io.millrace.inference.observe.Samples;
import io.millrace.inference.summarise.PartialSummary;
import io.millrace.inference.summarise.Partials;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.QualityReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However samples are dealt out, cut up and delayed: the last reports of a window are the same. */
class ReportsPropertyTest {

  @Property(tries = 25)
  void theLastReportsDoNotDependOnTheWayThatSamplesTook(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int subtasks,
      @ForAll @IntRange(min = 1, max = 60) int number)
      throws Exception {
    Random random = new Random(seed);
    List<Sample> samples = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String tenant = random.nextBoolean() ? "acme" : "bolt";
      samples.add(
          switch (random.nextInt(3)) {
            case 0 -> Samples.cached("job-" + i, tenant, "refund");
            case 1 -> Samples.failed("job-" + i, tenant);
            default -> Samples.computed("job-" + i, tenant, random.nextInt(9), "label-" + i % 2);
          });
      times.add((long) random.nextInt((int) (3 * MINUTE)));
    }

    Map<List<Object>, List<Object>> whole = reports(samples, times, 1, new Random(0), false);
    Map<List<Object>, List<Object>> parts = reports(samples, times, subtasks, random, true);

    assertThat(parts).isEqualTo(whole);
  }

  /** What the last reports say, by what they are of. */
  private static Map<List<Object>, List<Object>> reports(
      List<Sample> samples, List<Long> times, int subtasks, Random random, boolean late)
      throws Exception {
    List<PartialSummary> partials = new ArrayList<>();
    List<Partials> open = new ArrayList<>();
    for (int i = 0; i < subtasks; i++) {
      open.add(new Partials(MINUTE));
    }
    for (int i = 0; i < samples.size(); i++) {
      Partials one = open.get(random.nextInt(subtasks));
      one.add(samples.get(i), times.get(i));
      if (late && random.nextInt(5) == 0) {
        partials.addAll(one.take());
      }
    }
    open.forEach(one -> partials.addAll(one.take()));
    if (late) {
      Collections.shuffle(partials, random);
    }
    int onTime = late ? random.nextInt(partials.size() + 1) : partials.size();
    try (WindowsHarness windows = new WindowsHarness(null)) {
      windows.add(partials.subList(0, onTime));
      windows.watermark(4 * MINUTE);
      windows.add(partials.subList(onTime, partials.size()));
      windows.processingTime(LATE_INTERVAL);
      windows.watermark(HOUR);
      return said(windows);
    }
  }

  private static Map<List<Object>, List<Object>> said(WindowsHarness windows) {
    Map<List<Object>, List<Object>> said = new HashMap<>();
    for (DriftReport drift : windows.drift()) {
      said.put(
          key(drift.getFeature(), drift.getSegment(), drift.getWindowStart(), drift.getWindowEnd()),
          List.of(drift.getN(), drift.getMissing(), drift.getVerdict()));
    }
    for (QualityReport quality : windows.quality()) {
      said.put(
          key("", quality.getSegment(), quality.getWindowStart(), quality.getWindowEnd()),
          List.of(quality.getAnswered(), quality.getLabelled()));
    }
    for (CostReport cost : windows.cost()) {
      said.put(
          key("cost", cost.getTenant(), cost.getWindowStart(), cost.getWindowEnd()),
          List.of(
              cost.getComputed(),
              cost.getCached(),
              cost.getFailed(),
              cost.getTokens(),
              cost.getComputeSeconds(),
              cost.getCost(),
              cost.getSavings()));
    }
    return said;
  }

  private static List<Object> key(Object... parts) {
    return List.of(parts);
  }
}
