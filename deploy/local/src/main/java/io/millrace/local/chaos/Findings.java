package io.millrace.local.chaos;

import java.util.ArrayList;
import java.util.List;

/** What was done and found in a scenario, in order. */
final class Findings {

  private final List<Finding> all = new ArrayList<>();

  /**
   * A line of the table.
   *
   * @param holds false when it is not as it must be
   */
  record Finding(String what, String found, boolean holds) {}

  void note(String what, String found) {
    all.add(new Finding(what, found, true));
  }

  /** Something that must hold, beside the outcomes of the jobs. */
  void check(String what, boolean holds, String found) {
    all.add(new Finding(what, found, holds));
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
