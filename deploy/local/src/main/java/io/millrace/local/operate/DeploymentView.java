package io.millrace.local.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import java.util.List;

/** A deployment for people: a line a setting, those of an object under its own name. */
final class DeploymentView {

  private DeploymentView() {}

  static List<String> lines(JsonNode deployment) {
    TextTable table = new TextTable(Align.LEFT, Align.LEFT);
    add(table, "", deployment);
    return table.lines();
  }

  private static void add(TextTable table, String prefix, JsonNode object) {
    for (var member : object.properties()) {
      String name = prefix + member.getKey();
      JsonNode value = member.getValue();
      if (value.isObject()) {
        add(table, name + ".", value);
      } else {
        table.row(name, value.isNull() ? "-" : value.isTextual() ? value.asText() : "" + value);
      }
    }
  }
}
