package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MillraceCommandTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "'--help', 'demo'",
    "'up --help', '--flink-port'",
    "'demo --help', '--keep-running'",
    "'models --help', 'verify'",
    "'models train --help', '--encoder'",
    "'models list --help', '--repository'",
    "'models show --help', 'VERSION'",
    "'models verify --help', 'checksum'",
    "'chaos --help', 'redis-restart'",
    "'dead-letters --help', 'replay'",
    "'dead-letters list --help', '--since'",
    "'dead-letters show --help', '--raw'",
    "'dead-letters replay --help', '--dry-run'"
  })
  void everyCommandHasHelp(String arguments, String mentions) {
    assertThat(run(arguments.split(" "))).isZero();
    assertThat(out.toString()).contains("Usage: millrace").contains(mentions);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'Missing required subcommand'",
    "'fly', 'fly'",
    "'demo --requests many', 'many'",
    "'demo --requests 0', 'expected 1 to 10000000, found 0'",
    "'demo --duplicates 1.5', 'expected a share of 0 to 1, found 1.5'",
    "'demo --rate 5 --concurrency 5', 'mutually exclusive'",
    "'models show', 'MODEL'",
    "'dead-letters list --reason ODD', 'FINGERPRINT_MISMATCH'",
    "'dead-letters list --since yesterday', 'expected an age like 30m'",
    "'dead-letters list --limit 0', 'expected 1 or more, found 0'",
    "'chaos flood', 'poison, hang, nan, oom, breaker, fallback, crash, broker-restart'",
    "'chaos poison --requests 5', 'expected 100 to 1000000, found 5'",
    "'dead-letters show 17', 'expected an id like 0:17'",
    "'dead-letters replay', 'Expected ids, or --all'",
    "'dead-letters replay --all 0:1', 'Expected ids, or --all'",
    "'dead-letters replay 0:1 --reason MALFORMED', 'Expected ids, or --all'"
  })
  void aWrongCommandLineIsExitCodeTwo(String arguments, String says) {
    assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(says);
  }

  @Test
  void aFailedRunIsExitCodeOneWithoutAStackTrace() {
    int code = run("models", "show", "absent", "--repository", directory.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("millrace: There is no model 'absent' in " + directory)
        .doesNotContain("\tat ");
  }

  @Test
  void verboseShowsTheStackTrace() {
    run("models", "show", "absent", "--verbose", "--repository", directory.toString());

    assertThat(err.toString()).contains("\tat io.millrace.local");
  }

  @Test
  void anEmptyRepositoryHasNoModels() {
    assertThat(run("models", "list", "--repository", directory.toString())).isZero();
    assertThat(written.toString(StandardCharsets.UTF_8))
        .startsWith("There are no models in " + directory);
  }

  @Test
  void withoutAStackItIsSaidHowToStartOne() {
    int code = run("dead-letters", "list", "--data-dir", directory.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("No stack runs on the data directory " + directory)
        .contains("millrace up")
        .contains("--kafka");
  }

  private int run(String... arguments) {
    Terminal terminal =
        new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), 0, false);
    CommandLine line = MillraceCommand.commandLine(terminal);
    return line.setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
