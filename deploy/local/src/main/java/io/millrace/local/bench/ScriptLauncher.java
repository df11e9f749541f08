package io.millrace.local.bench;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the {@code millrace} script, which knows the right JVM options of each scenario. */
final class ScriptLauncher implements AllCommand.Launcher {

  @Override
  public int run(List<String> arguments) throws IOException, InterruptedException {
    Path script = Path.of(System.getProperty("millrace.root", "")).resolve("millrace");
    if (!Files.isExecutable(script)) {
      throw new CommandFailedException(
          "bench all runs each scenario by the millrace script, which is not at "
              + script.toAbsolutePath());
    }
    List<String> command = new ArrayList<>(List.of(script.toAbsolutePath().toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
