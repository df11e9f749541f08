package io.millrace.local.stack;

import io.millrace.inference.infer.SharedPreloader;
import io.millrace.models.ModelVersion;
import java.util.List;

/** Reads from Flink's metrics whether versions are loaded and warm in the job. */
public record LoadedModels(List<ModelVersion> versions) {

  /** Whether a scrape says that each version is loaded wherever it is reported. */
  public boolean allLoaded(String scrape) {
    return versions.stream().allMatch(version -> loaded(scrape, version));
  }

  private static boolean loaded(String scrape, ModelVersion version) {
    List<String> samples =
        scrape
            .lines()
            .filter(line -> line.contains(SharedPreloader.LOADED_METRIC + "{"))
            .filter(line -> line.contains("model=\"" + version.model() + '"'))
            .filter(line -> line.contains("version=\"" + version.version() + '"'))
            .toList();
    return !samples.isEmpty() && samples.stream().allMatch(line -> line.endsWith(" 1.0"));
  }
}
