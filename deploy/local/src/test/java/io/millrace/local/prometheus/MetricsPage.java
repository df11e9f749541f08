package io.millrace.local.prometheus;

import io.millrace.testtools.CodeBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code docs/metrics.md} lists.
 *
 * @param metrics in the order of the page
 */
public record MetricsPage(List<Metric> metrics) {

  private static final Pattern ROW =
      Pattern.compile("\\| `([a-zA-Z_:0-9]+)` \\|([^|]*)\\| (\\w+) \\| .+ \\|");
  private static final List<String> PARTS = List.of("_bucket", "_sum", "_count");
  private static final String OF_GPUS = "GPUs";
  private static final String OF_FLINK = "Flink's own";

  /**
   * A row.
   *
   * @param section its heading
   * @param type counter, gauge or histogram
   */
  public record Metric(String section, String name, List<String> labels, String type) {

    /** As they are in Prometheus: a histogram is three. */
    List<String> series() {
      return type.equals("histogram") ? PARTS.stream().map(name::concat).toList() : List.of(name);
    }
  }

  public static MetricsPage read() throws IOException {
    List<Metric> metrics = new ArrayList<>();
    String section = "";
    for (String line : Files.readAllLines(CodeBlocks.root().resolve("docs/metrics.md"))) {
      if (line.startsWith("## ")) {
        section = line.substring(3);
      }
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        List<String> labels =
            Pattern.compile("`(\\w+)`")
                .matcher(row.group(2))
                .results()
                .map(label -> label.group(1))
                .toList();
        metrics.add(new Metric(section, row.group(1), labels, row.group(3)));
      }
    }
    return new MetricsPage(metrics);
  }

  /** Names in Prometheus of Millrace's own, which are always there. */
  public Set<String> own() {
    return series(metric -> !List.of(OF_GPUS, OF_FLINK).contains(metric.section()));
  }

  /** Names in Prometheus of those that Flink brings and that rules or dashboards use. */
  public Set<String> ofFlink() {
    return series(metric -> metric.section().equals(OF_FLINK));
  }

  /** Names in Prometheus that are there only where there are GPUs. */
  public Set<String> ofGpus() {
    return series(metric -> metric.section().equals(OF_GPUS));
  }

  private Set<String> series(Predicate<Metric> which) {
    Set<String> names = new TreeSet<>();
    metrics.stream().filter(which).forEach(metric -> names.addAll(metric.series()));
    return names;
  }
}
