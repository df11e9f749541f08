package io.millrace.testtools;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The programs that {@code deploy/test-tools/install} installs, for tests.
 *
 * <p>Without a program the test that asks for it is skipped, and the reason says what is missing
 * and how to install it. With {@value #REQUIRED_VARIABLE}{@code =required} in the environment, as
 * {@code ./millrace test} sets it, the test fails instead.
 */
public final class TestTools {
  private static final String REQUIRED_VARIABLE = "MILLRACE_TEST_TOOLS";
  private static final Path HOME = Path.of("deploy", "test-tools");

  private TestTools() {}

  /**
   * A Node.js program, ready to start.
   *
   * @param script a CommonJS file: {@code require} finds the packages of {@code
   *     deploy/test-tools/package.json}, {@code import} does not. Relative to the module's
   *     directory, which is where Maven runs its tests
   * @param arguments the program's arguments
   * @return not started; its directory is the module's, its environment ours and {@code NODE_PATH}
   */
  public static ProcessBuilder node(Path script, String... arguments) {
    ProcessBuilder node = command(executable("node"), script.toAbsolutePath().toString());
    node.command().addAll(List.of(arguments));
    node.environment().put("NODE_PATH", modules().toString());
    return node;
  }

  /**
   * A program that an npm package brings.
   *
   * @param program its name in {@code node_modules/.bin}, for example {@code redocly}
   */
  public static ProcessBuilder npmProgram(String program, String... arguments) {
    Path file = modules().resolve(".bin").resolve(program);
    if (!Files.exists(file)) {
      throw missing("the npm program " + program);
    }
    return node(file, arguments);
  }

  /** Kafka's command line client {@code kcat}, ready to start. */
  public static ProcessBuilder kcat(String... arguments) {
    return command(executable("kcat"), arguments);
  }

  /** The command line client {@code curl}, ready to start. */
  public static ProcessBuilder curl(String... arguments) {
    return command(executable("curl"), arguments);
  }

  /** The server {@code prometheus}, ready to start. */
  public static ProcessBuilder prometheus(String... arguments) {
    return command(executable("prometheus"), arguments);
  }

  /** Prometheus' own checker {@code promtool}, ready to start. */
  public static ProcessBuilder promtool(String... arguments) {
    return command(executable("promtool"), arguments);
  }

  /** The executable of Chromium. */
  public static Path chromium() {
    return executable("chromium");
  }

  private static ProcessBuilder command(Path program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static Path executable(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> missing("the program " + name));
  }

  private static Path modules() {
    Path modules = home().resolve("node_modules");
    if (!Files.isRegularFile(modules.resolve(".installed"))) {
      throw missing("what npm installs into " + modules);
    }
    return modules;
  }

  static Path home() {
    for (Path directory = Path.of("").toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      if (Files.isRegularFile(directory.resolve(HOME).resolve("package.json"))) {
        return directory.resolve(HOME);
      }
    }
    throw missing("the directory " + HOME + " above the working directory");
  }

  /** Ends the test: never returns, so that callers can throw it. */
  private static RuntimeException missing(String what) {
    String message = what + " is missing for this test; deploy/test-tools/install installs it";
    if ("required".equals(System.getenv(REQUIRED_VARIABLE))) {
      return Assertions.fail(message);
    }
    return Assumptions.abort(message);
  }
}
