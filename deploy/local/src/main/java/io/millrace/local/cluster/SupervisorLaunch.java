package io.millrace.local.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts the supervisor so that it outlives the command and the terminal. */
final class SupervisorLaunch {

  private static final int HEAP = 96;

  private SupervisorLaunch() {}

  static Process start(ClusterLayout layout) throws IOException {
    return new ProcessBuilder(command(layout, System.getenv().getOrDefault("PATH", "")))
        .redirectErrorStream(true)
        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(layout.output("supervisor").toFile())
        .start();
  }

  static List<String> command(ClusterLayout layout, String searchPath) {
    List<String> command = new ArrayList<>(ownSession(searchPath));
    command.addAll(
        JavaCommand.ofThisJava()
            .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
            .heap(HEAP)
            .property("millrace.log.file", layout.log("supervisor"))
            .property("log4j2.configurationFile", layout.logging().toUri())
            // It ends logging itself, after everything that logs.
            .property("log4j.shutdownHookEnabled", false)
            .main(
                ClassPaths.ofThisProcess(),
                Supervisor.class.getName(),
                List.of(layout.root().toString())));
    return command;
  }

  /** Ctrl-C and the end of a terminal go to all processes of the session; these have their own. */
  private static List<String> ownSession(String searchPath) {
    return Stream.of(searchPath.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "setsid"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(setsid -> List.of(setsid.toString()))
        .orElse(List.of());
  }
}
