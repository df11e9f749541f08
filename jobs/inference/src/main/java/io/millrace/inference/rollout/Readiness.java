package io.millrace.inference.rollout;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In how many subtasks the versions of a revision are loaded. Reports of another number of subtasks
 * are of another run of the job and do not mix.
 *
 * @param subtasks 0 when none has told
 * @param failure which version cannot be loaded; null for none
 */
record Readiness(int loaded, int subtasks, @Nullable String failure) {

  static Readiness of(List<VersionReadiness> reports, long revision) {
    Readiness latest = new Readiness(0, 0, null);
    for (VersionReadiness report : reports) {
      if (report.revision() != revision) {
        continue;
      }
      if (report.failure() != null) {
        return new Readiness(latest.loaded, report.subtasks(), report.failure());
      }
      Readiness run = ofRun(reports, revision, report.subtasks());
      if (run.isComplete()) {
        return run;
      }
      latest = run;
    }
    return latest;
  }

  private static Readiness ofRun(List<VersionReadiness> reports, long revision, int subtasks) {
    Set<Integer> loaded = new HashSet<>();
    for (VersionReadiness report : reports) {
      if (report.revision() == revision
          && report.subtasks() == subtasks
          && report.failure() == null) {
        loaded.add(report.subtask());
      }
    }
    return new Readiness(loaded.size(), subtasks, null);
  }

  boolean isComplete() {
    return failure == null && subtasks > 0 && loaded >= subtasks;
  }
}
