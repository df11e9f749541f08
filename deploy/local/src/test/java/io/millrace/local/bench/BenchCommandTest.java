package io.millrace.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchOptions;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), 0, false);
  private final StringWriter errors = new StringWriter();

  private record Named(String name, @Nullable String lacks) implements Scenario {

    @Override
    public String about() {
      return name;
    }

    @Override
    public List<Target> targets() {
      return List.of();
    }

    @Override
    public @Nullable String missing(BenchOptions options) {
      return lacks;
    }

    @Override
    public List<Side> sides(BenchContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private int run(CommandLine line, String... arguments) {
    return line.setErr(new PrintWriter(errors, true))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              errors.append(String.valueOf(failure.getMessage()));
              return 1;
            })
        .execute(arguments);
  }

  @Test
  void allRunsEachScenarioByItselfAndCollectsTheSummaries() throws IOException {
    // Given one that is measured, one that fails and one that lacks something
    List<List<String>> launched = new ArrayList<>();
    AllCommand all =
        new AllCommand(
            List.of(new Named("one", null), new Named("two", null), new Named("three", "needs x")),
            arguments -> {
              launched.add(arguments);
              int at = arguments.indexOf("--summary");
              Files.writeString(Path.of(arguments.get(at + 1)), "{\"scenario\": \"one\"}");
              return arguments.contains("one") ? 0 : 1;
            },
            terminal);
    Path summary = directory.resolve("all.json");

    // When
    int code =
        run(
            new CommandLine(all),
            "--repeat",
            "2",
            "--summary",
            summary.toString(),
            "--data-dir",
            directory.toString());

    // Then
    assertThat(code).isEqualTo(1);
    assertThat(errors.toString()).contains("Not measured: two");
    assertThat(launched).hasSize(2);
    assertThat(launched.get(0)).startsWith("bench", "one", "--repeat", "2");
    JsonNode json = JsonMapper.builder().build().readTree(summary.toFile());
    assertThat(json.at("/0/scenario").asText()).isEqualTo("one");
    assertThat(json.at("/1/failed").asBoolean()).isTrue();
    assertThat(json.at("/2/left_out").asText()).isEqualTo("needs x");
  }

  @Test
  void crayfishSaysThatItNeedsTheNetwork() {
    // When
    int code =
        run(BenchCommand.commandLine(terminal), "crayfish", "--data-dir", directory.toString());

    // Then
    assertThat(code).isEqualTo(1);
    assertThat(errors.toString()).contains("bench crayfish needs --model FILE.onnx");
  }

  @Test
  void aNumberOutOfItsRangeIsRefused() {
    // When
    int code = run(BenchCommand.commandLine(terminal), "limit", "--repeat", "0");

    // Then
    assertThat(code).isEqualTo(2);
    assertThat(errors.toString()).contains("'--repeat': expected 1 to 100, found 0");
  }

  @Test
  void everyScenarioIsACommand() {
    assertThat(BenchCommand.commandLine(terminal).getSubcommands().keySet())
        .containsExactlyInAnyOrder(
            "limit",
            "pipeline",
            "batching",
            "latency",
            "cost",
            "ingress",
            "dedup-state",
            "crayfish",
            "recovery",
            "drift",
            "all");
  }
}
