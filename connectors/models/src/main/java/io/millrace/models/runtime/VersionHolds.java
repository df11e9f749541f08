package io.millrace.models.runtime;

import io.millrace.models.ModelVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The open holds by version, in the order of their opening. Callers share it under a lock. */
final class VersionHolds {

  private final Map<ModelVersion, List<Open>> open = new HashMap<>();

  /** An open hold; each is another one, whatever it says. */
  static final class Open {

    private final ModelVersion version;
    private final ServingOptions serving;

    Open(ModelVersion version, ServingOptions serving) {
      this.version = version;
      this.serving = serving;
    }

    ModelVersion version() {
      return version;
    }
  }

  void add(Open hold) {
    open.computeIfAbsent(hold.version, absent -> new ArrayList<>()).add(hold);
  }

  /** Takes a hold out; false when it is not, or no longer, here. */
  boolean remove(Open hold) {
    List<Open> holds = open.getOrDefault(hold.version, List.of());
    if (!holds.contains(hold)) {
      return false;
    }
    holds.remove(hold);
    if (holds.isEmpty()) {
      open.remove(hold.version);
    }
    return true;
  }

  boolean held(ModelVersion version) {
    return open.containsKey(version);
  }

  /** What the last opened hold says of a version; all left open when nobody holds it. */
  ServingOptions serving(ModelVersion version) {
    List<Open> holds = open.getOrDefault(version, List.of());
    return holds.isEmpty() ? ServingOptions.NONE : holds.get(holds.size() - 1).serving;
  }
}
