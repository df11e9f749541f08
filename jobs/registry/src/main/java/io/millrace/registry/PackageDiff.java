package io.millrace.registry;

import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.Baseline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How one package differs from another.
 *
 * @param fields keys of {@code model.yaml} whose values differ, but for files, labels and metrics
 * @param files files that were added, removed or changed, by name
 * @param labelsAdded labels that only the newer one has
 * @param labelsRemoved labels that only the older one has
 * @param labelsReordered whether both have the same labels in another order
 * @param metrics baseline metrics of both, by name; empty unless both were measured
 */
public record PackageDiff(
    List<FieldChange> fields,
    List<FileChange> files,
    List<String> labelsAdded,
    List<String> labelsRemoved,
    boolean labelsReordered,
    List<MetricChange> metrics) {

  public PackageDiff {
    fields = List.copyOf(fields);
    files = List.copyOf(files);
    labelsAdded = List.copyOf(labelsAdded);
    labelsRemoved = List.copyOf(labelsRemoved);
    metrics = List.copyOf(metrics);
  }

  /**
   * A key of the manifest.
   *
   * @param before its value, or "none"
   */
  public record FieldChange(String key, String before, String after) {}

  /**
   * A file.
   *
   * @param before null when it was added
   * @param after null when it was removed
   */
  public record FileChange(
      String name, @Nullable PackageFile before, @Nullable PackageFile after) {}

  /** A baseline metric. */
  public record MetricChange(String name, double before, double after) {

    public double delta() {
      return after - before;
    }
  }

  /** Compares two packages, perhaps of different models. */
  public static PackageDiff between(PackageSummary before, PackageSummary after) {
    List<String> old = before.manifest().labels();
    List<String> now = after.manifest().labels();
    List<String> added = now.stream().filter(label -> !old.contains(label)).toList();
    List<String> removed = old.stream().filter(label -> !now.contains(label)).toList();
    return new PackageDiff(
        fields(before.manifest(), after.manifest()),
        files(before, after),
        added,
        removed,
        added.isEmpty() && removed.isEmpty() && !old.equals(now),
        metrics(before.manifest().baseline(), after.manifest().baseline()));
  }

  /** Whether nothing differs. */
  public boolean isEmpty() {
    return fields.isEmpty()
        && files.isEmpty()
        && labelsAdded.isEmpty()
        && labelsRemoved.isEmpty()
        && !labelsReordered
        && metrics.stream().allMatch(metric -> metric.delta() == 0);
  }

  private static List<FieldChange> fields(ModelManifest before, ModelManifest after) {
    Map<String, String> old = values(before);
    List<FieldChange> changes = new ArrayList<>();
    values(after)
        .forEach(
            (key, value) -> {
              String was = Objects.requireNonNull(old.get(key));
              if (!was.equals(value)) {
                changes.add(new FieldChange(key, was, value));
              }
            });
    return changes;
  }

  private static Map<String, String> values(ModelManifest manifest) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", manifest.name());
    values.put("version", manifest.version());
    values.put("task", text(manifest.task()));
    values.put("engine", manifest.engine());
    values.put("device", manifest.device());
    values.put("inputs", text(manifest.inputs()));
    values.put("outputs", text(manifest.outputs()));
    values.put("text", text(manifest.text()));
    values.put("batching", text(manifest.batching()));
    values.put("features", text(manifest.effectiveFeatures()));
    values.put("training", text(manifest.training()));
    values.put("quantized_from", text(manifest.quantizedFrom()));
    return values;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "none" : value.toString();
  }

  private static List<FileChange> files(PackageSummary before, PackageSummary after) {
    SortedMap<String, PackageFile> old = byName(before);
    SortedMap<String, PackageFile> now = byName(after);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .map(name -> new FileChange(name, old.get(name), now.get(name)))
        .filter(change -> !Objects.equals(change.before(), change.after()))
        .toList();
  }

  private static SortedMap<String, PackageFile> byName(PackageSummary summary) {
    SortedMap<String, PackageFile> files = new TreeMap<>();
    summary.files().forEach(file -> files.put(file.name(), file));
    return files;
  }

  private static List<MetricChange> metrics(@Nullable Baseline before, @Nullable Baseline after) {
    if (before == null || after == null) {
      return List.of();
    }
    return List.of(
        metric("rows", before, after, Baseline::rows),
        metric("accuracy", before, after, Baseline::accuracy),
        metric("macro_f1", before, after, Baseline::macroF1),
        metric("log_loss", before, after, Baseline::logLoss));
  }

  private static MetricChange metric(
      String name, Baseline before, Baseline after, ToDoubleFunction<Baseline> of) {
    return new MetricChange(name, of.applyAsDouble(before), of.applyAsDouble(after));
  }
}
