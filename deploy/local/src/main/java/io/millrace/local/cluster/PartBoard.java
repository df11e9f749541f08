package io.millrace.local.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Keeps {@code cluster.json}; written anew with each change. */
final class PartBoard {

  private final Path directory;
  private final ProcessIdentity supervisor;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private boolean stopping;

  PartBoard(Path directory, ProcessIdentity supervisor, List<PartPlan> plans) {
    this.directory = directory;
    this.supervisor = supervisor;
    plans.forEach(plan -> parts.put(plan.name(), Part.planned(plan)));
    write();
  }

  synchronized void running(String part, ProcessIdentity process) {
    change(part, known -> known.running(process));
  }

  synchronized void ended(String part, String how) {
    change(part, known -> stopping ? known.stopped() : known.ended(how));
  }

  /** From here on a part that ends was stopped. */
  synchronized void stopping() {
    stopping = true;
    write();
  }

  synchronized List<Part> parts() {
    return List.copyOf(parts.values());
  }

  private void change(String part, UnaryOperator<Part> change) {
    parts.computeIfPresent(part, (name, known) -> change.apply(known));
    write();
  }

  private void write() {
    new ClusterState(supervisor, stopping, parts()).write(directory);
  }
}
