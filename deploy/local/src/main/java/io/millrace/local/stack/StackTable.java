package io.millrace.local.stack;

import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import java.net.URI;
import java.util.List;

/** Tells where a stack listens, and how to use it. */
public final class StackTable {

  private StackTable() {}

  /** One line an address. */
  public static List<String> of(StackAddresses addresses) {
    return new TextTable(Align.LEFT, Align.LEFT)
        .row("API", addresses.api().toString())
        .row("API docs", addresses.api().resolve("/docs").toString())
        .row("API metrics", addresses.api().resolve("/metrics").toString())
        .row("Flink", addresses.flinkUi().toString())
        .row("Flink metrics", addresses.flinkMetrics().toString())
        .row("Kafka", addresses.kafka())
        .row("Redis", addresses.redis())
        .lines();
  }

  /**
   * A command that sends a request to the sample model.
   *
   * @param keys whether it needs an API key
   */
  public static String curl(StackAddresses addresses, boolean keys) {
    return curl(addresses.api(), keys);
  }

  /** The same for an API. */
  public static String curl(URI api, boolean keys) {
    return ("curl -s %s-H 'Content-Type: application/json' -H 'Prefer: wait=10' %s -d"
            + " '{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],"
            + "\"data\":[\"my app keeps crashing\"]}]}'")
        .formatted(
            keys ? "-H \"X-API-Key: $MILLRACE_API_KEY\" " : "",
            api.resolve("/v1/models/" + LocalStack.SAMPLE_MODEL + "/jobs"));
  }
}
