package io.millrace.local.cluster.command;

import io.millrace.local.cluster.ClusterState;
import io.millrace.local.cluster.Part;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import java.util.List;

/** Shows the parts of a cluster. */
final class PartTable {

  private PartTable() {}

  /** What there is, its process and where it listens. */
  static List<String> brief(ClusterState state) {
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT);
    table.header("part", "pid", "address");
    for (Part part : state.parts()) {
      table.row(part.name(), Long.toString(part.pid()), part.mainAddress());
    }
    return table.lines();
  }
}
