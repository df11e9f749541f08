package io.millrace.local.models;

import io.millrace.registry.PackageDiff;
import io.millrace.registry.PackageFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A diff for people. */
final class DiffView {

  private static final int DIGITS_SHOWN = 12;

  private DiffView() {}

  static List<String> lines(PackageDiff diff) {
    if (diff.isEmpty()) {
      return List.of("No differences");
    }
    List<String> lines = new ArrayList<>();
    diff.fields()
        .forEach(
            field ->
                lines.add("%s: %s -> %s".formatted(field.key(), field.before(), field.after())));
    diff.files()
        .forEach(
            file ->
                lines.add(
                    "file %s: %s -> %s"
                        .formatted(file.name(), text(file.before()), text(file.after()))));
    diff.labelsAdded().forEach(label -> lines.add("label added: " + label));
    diff.labelsRemoved().forEach(label -> lines.add("label removed: " + label));
    if (diff.labelsReordered()) {
      lines.add("labels are in another order");
    }
    diff.metrics()
        .forEach(
            metric ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "%s: %.4g -> %.4g (%+.4g)",
                        metric.name(),
                        metric.before(),
                        metric.after(),
                        metric.delta())));
    return lines;
  }

  private static String text(@Nullable PackageFile file) {
    return file == null
        ? "none"
        : String.format(
            Locale.ROOT,
            "%,d bytes, SHA-256 %s...",
            file.bytes(),
            file.sha256().substring(0, DIGITS_SHOWN));
  }
}
