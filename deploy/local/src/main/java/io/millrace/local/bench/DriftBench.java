package io.millrace.local.bench;

import io.millrace.local.terminal.Terminal;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Throughput with drift computed, against without; quality and cost are computed in both. */
final class DriftBench {

  private static final Map<String, String> ON = Map.of();
  private static final Map<String, String> OFF =
      Map.of("MILLRACE_INFERENCE_DRIFT_ENABLED", "false");

  private final Measure measure;
  private final int repeat;
  private final Terminal terminal;

  /** One run with settings of the job. */
  interface Measure {

    /** Texts a second. */
    double run(Map<String, String> settings) throws Exception;
  }

  DriftBench(Measure measure, int repeat, Terminal terminal) {
    this.measure = measure;
    this.repeat = repeat;
    this.terminal = terminal;
  }

  /** Runs each setting as often as asked for, in turn; who goes first alternates. */
  DriftBenchSummary run() throws Exception {
    List<Double> on = new ArrayList<>();
    List<Double> off = new ArrayList<>();
    for (int i = 0; i < repeat; i++) {
      if (i % 2 == 0) {
        off.add(measure("off", OFF));
        on.add(measure("on", ON));
      } else {
        on.add(measure("on", ON));
        off.add(measure("off", OFF));
      }
    }
    return DriftBenchSummary.of(
        new Series(on),
        new Series(off),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private double measure(String name, Map<String, String> settings) throws Exception {
    double rate = measure.run(settings);
    terminal.line("drift %-3s  %,.0f texts/s".formatted(name, rate));
    return rate;
  }
}
