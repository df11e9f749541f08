package io.millrace.local.bench.frame;

import io.millrace.local.terminal.Terminal;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Measures the sides of a scenario in turn; who goes first alternates. */
public final class Rounds {

  private final Scenario scenario;
  private final int repeat;
  private final Terminal terminal;

  public Rounds(Scenario scenario, int repeat, Terminal terminal) {
    this.scenario = scenario;
    this.repeat = repeat;
    this.terminal = terminal;
  }

  public ScenarioResult run(List<Side> sides) throws Exception {
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    int width = sides.stream().mapToInt(side -> side.name().length()).max().orElse(0);
    for (int round = 0; round < repeat; round++) {
      Map<String, Figures> measured = new HashMap<>();
      for (Side side : inTurn(sides, round)) {
        Figures run = side.measurement().run();
        measured.put(side.name(), run);
        terminal.line(
            "%d/%d  %s  %s".formatted(round + 1, repeat, padded(side.name(), width), line(run)));
      }
      // In the order of the sides, whoever went first.
      Figures all = Figures.NONE;
      for (Side side : sides) {
        all = all.with(side.name(), measured.getOrDefault(side.name(), Figures.NONE));
      }
      note(figures, all);
      note(figures, scenario.compare(all));
    }
    return result(figures);
  }

  private static List<Side> inTurn(List<Side> sides, int round) {
    List<Side> order = new ArrayList<>(sides);
    if (round % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }

  private static void note(Map<String, List<Double>> figures, Figures run) {
    run.values()
        .forEach(
            (name, value) -> figures.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
  }

  private ScenarioResult result(Map<String, List<Double>> figures) {
    Map<String, Series> series = new LinkedHashMap<>();
    figures.forEach((name, values) -> series.put(name, new Series(values)));
    return new ScenarioResult(
        scenario.name(),
        repeat,
        series,
        scenario.targets(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().availableProcessors());
  }

  private static String line(Figures figures) {
    return figures.values().entrySet().stream()
        .map(figure -> figure.getKey() + " " + FigureFormat.of(figure.getValue()))
        .collect(Collectors.joining("  "));
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(width - name.length());
  }
}
