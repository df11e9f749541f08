package io.millrace.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How redis-server is called. */
final class RedisCommandLine {

  private RedisCommandLine() {}

  static List<String> of(Path executable, RedisFiles files, int port, String searchPath) {
    List<String> command = new ArrayList<>(ownSession(searchPath));
    command.add(executable.toString());
    option(command, "port", Integer.toString(port));
    option(command, "bind", Ports.HOST);
    option(command, "protected-mode", "yes");
    option(command, "dir", files.directory().toString());
    option(command, "pidfile", files.pidFile().toString());
    // An append-only file alone: no snapshots beside it.
    option(command, "appendonly", "yes");
    option(command, "appendfsync", "everysec");
    option(command, "save", "");
    return command;
  }

  /**
   * Ctrl-C in a terminal goes to all processes in the foreground. In a session of its own Redis
   * does not hear it and stays until its owner, who may still need it, stops it. Without the
   * program that does this (it is part of every common Linux) Redis runs in ours.
   */
  private static List<String> ownSession(String searchPath) {
    return Stream.of(searchPath.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "setsid"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(setsid -> List.of(setsid.toString()))
        .orElse(List.of());
  }

  private static void option(List<String> command, String name, String value) {
    command.add("--" + name);
    command.add(value);
  }
}
