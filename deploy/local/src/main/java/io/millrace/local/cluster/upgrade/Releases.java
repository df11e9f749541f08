package io.millrace.local.cluster.upgrade;

import io.millrace.local.cluster.JobPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The release that a cluster runs, and the one that is to follow it. */
public final class Releases {

  private static final String SET = "--set";
  private static final String PARALLELISM = "parallelism";

  private Releases() {}

  /** What the cluster was started with. */
  public static Release current(JobPlan job) {
    return new Release(job.jar(), job.arguments(), job.parallelism());
  }

  /**
   * The next one.
   *
   * @param jar null for the same
   * @param settings go over those of the release before
   */
  public static Release next(Release before, @Nullable Path jar, Map<String, String> settings) {
    List<String> arguments = new ArrayList<>(before.arguments());
    settings.forEach(
        (key, value) -> {
          int at = indexOfKey(arguments, key);
          if (at >= 0) {
            arguments.set(at, key + "=" + value);
          } else {
            arguments.add(SET);
            arguments.add(key + "=" + value);
          }
        });
    int parallelism =
        settings.containsKey(PARALLELISM)
            ? Integer.parseInt(settings.get(PARALLELISM))
            : before.parallelism();
    return new Release(jar == null ? before.jar() : jar, arguments, parallelism);
  }

  private static int indexOfKey(List<String> arguments, String key) {
    for (int i = 1; i < arguments.size(); i++) {
      if (arguments.get(i - 1).equals(SET) && arguments.get(i).startsWith(key + "=")) {
        return i;
      }
    }
    return -1;
  }
}
