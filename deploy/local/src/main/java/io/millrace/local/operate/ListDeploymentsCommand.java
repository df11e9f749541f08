package io.millrace.local.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace deployments list}. */
@Command(name = "list", description = "Lists the models and the versions that answer.")
final class ListDeploymentsCommand implements Callable<Integer> {

  @Mixin private ApiOptions api = new ApiOptions();

  private final Terminal terminal;

  ListDeploymentsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    TextTable table =
        new TextTable(Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT)
            .header("model", "version", "fallback", "revision", "updated");
    for (JsonNode model : api.client().models().path("models")) {
      table.row(
          text(model, "name"),
          text(model, "version"),
          text(model, "fallback_version"),
          text(model, "revision"),
          text(model, "updated_at"));
    }
    table.lines().forEach(terminal::line);
    return 0;
  }

  private static String text(JsonNode model, String member) {
    return model.path(member).isNull() ? "-" : model.path(member).asText("-");
  }
}
