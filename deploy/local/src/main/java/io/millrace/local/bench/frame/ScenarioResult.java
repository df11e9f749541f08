package io.millrace.local.bench.frame;

import io.millrace.local.demo.SummaryFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a scenario.
 *
 * @param rounds how often each side was measured
 * @param figures by name, in the order in which they came
 * @param loadAverage of the last minute, at the end: above the number of processors, others worked
 *     here too
 * @param processors of the machine
 */
public record ScenarioResult(
    String scenario,
    int rounds,
    Map<String, Series> figures,
    List<Target> targets,
    double loadAverage,
    int processors) {

  public ScenarioResult {
    figures = new LinkedHashMap<>(figures);
    targets = List.copyOf(targets);
  }

  /**
   * As indented JSON, with a line end: each figure as an object of {@code median}, {@code min} and
   * {@code max}, nested at the dots of its name.
   */
  public String toJson() {
    return SummaryFiles.json(tree());
  }

  private Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("scenario", scenario);
    tree.put("rounds", rounds);
    figures.forEach((name, series) -> put(tree, name, series.range()));
    tree.put("targets", targets.stream().map(this::outcome).toList());
    tree.put("load_average", loadAverage);
    tree.put("processors", processors);
    return tree;
  }

  private Map<String, Object> outcome(Target target) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("figure", target.figure());
    outcome.put(target.bound().name().toLowerCase(Locale.ROOT), target.value());
    outcome.put("met", target.met(figures.get(target.figure())));
    return outcome;
  }

  @SuppressWarnings("unchecked") // Inner nodes are maps, and made here.
  private static void put(Map<String, Object> tree, String name, Object value) {
    Map<String, Object> node = tree;
    List<String> path = new ArrayList<>(List.of(name.split("\\.", -1)));
    String leaf = path.remove(path.size() - 1);
    for (String part : path) {
      node = (Map<String, Object>) node.computeIfAbsent(part, key -> new LinkedHashMap<>());
    }
    node.put(leaf, value);
  }
}
