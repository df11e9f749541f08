package io.millrace.local.bench.frame;

import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import java.util.Map;

/** Shows what came of a scenario: medians, ranges, and which targets are met. */
public final class ResultTable {

  private static final String ROW = "%s  %12s  %12s  %12s";

  private final Terminal terminal;

  public ResultTable(Terminal terminal) {
    this.terminal = terminal;
  }

  public void show(ScenarioResult result) {
    int width = result.figures().keySet().stream().mapToInt(String::length).max().orElse(0);
    terminal.line();
    terminal.line(ROW.formatted(padded(result.scenario(), width), "median", "min", "max"));
    for (Map.Entry<String, Series> figure : result.figures().entrySet()) {
      Range range = figure.getValue().range();
      String row =
          ROW.formatted(
              padded(figure.getKey(), width),
              FigureFormat.of(range.median()),
              FigureFormat.of(range.min()),
              FigureFormat.of(range.max()));
      terminal.line(row);
    }
    terminal.line();
    for (Target target : result.targets()) {
      boolean met = target.met(result.figures().get(target.figure()));
      terminal.line(
          terminal.styled(
              met ? Style.GREEN : Style.YELLOW,
              "%-7s %s %s"
                  .formatted(met ? "met" : "missed", target.figure(), target.expectation())));
    }
    terminal.line(
        "load average %.1f on %d processors".formatted(result.loadAverage(), result.processors()));
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(Math.max(0, width - name.length()));
  }
}
