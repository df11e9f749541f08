package io.millrace.local.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testtools.CodeBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboards that are shipped. */
public final class Dashboards {

  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), *\\w+\\)");

  private Dashboards() {}

  /** A dashboard. */
  public record Dashboard(String file, JsonNode content) {

    public List<JsonNode> panels() {
      List<JsonNode> panels = new ArrayList<>();
      content.path("panels").forEach(panels::add);
      return panels;
    }

    /** All PromQL in it, as it is without what Grafana puts in for its variables. */
    public List<String> expressions() {
      List<String> expressions = new ArrayList<>();
      content.findValuesAsText("expr").forEach(expressions::add);
      for (JsonNode variable : content.at("/templating/list")) {
        Matcher query = LABEL_VALUES.matcher(variable.path("definition").asText());
        if (query.matches()) {
          expressions.add(query.group(1));
        }
      }
      return expressions.stream()
          .map(expression -> expression.replace("$__rate_interval", "5m"))
          .map(expression -> expression.replace("$__range", "1h"))
          .toList();
    }
  }

  public static List<Dashboard> all() throws IOException {
    List<Dashboard> dashboards = new ArrayList<>();
    try (Stream<Path> files =
        Files.list(CodeBlocks.root().resolve("deploy/grafana/dashboards")).sorted()) {
      for (Path file : files.toList()) {
        dashboards.add(
            new Dashboard(
                file.getFileName().toString(), new ObjectMapper().readTree(file.toFile())));
      }
    }
    return dashboards;
  }
}
