package io.millrace.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How redis-server is called. */
final class RedisCommandLine {

  private RedisCommandLine() {}

  static List<String> of(
      Path executable,
      RedisFiles files,
      int port,
      Optional<RedisAccess> access,
      String searchPath) {
    List<String> command = new ArrayList<>(ownSession(searchPath));
    command.add(executable.toString());
    if (access.isPresent()) {
      secured(command, port, access.get());
    } else {
      option(command, "port", Integer.toString(port));
    }
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

  private static void secured(List<String> command, int port, RedisAccess access) {
    option(command, "port", "0");
    option(command, "tls-port", Integer.toString(port));
    option(command, "tls-cert-file", access.certificate().certificate().toString());
    option(command, "tls-key-file", access.certificate().key().toString());
    option(command, "tls-ca-cert-file", access.certificate().authority().toString());
    // Users have passwords; a certificate of theirs is welcome and not needed.
    option(command, "tls-auth-clients", "optional");
    option(command, "tls-protocols", "TLSv1.2 TLSv1.3");
    option(command, "aclfile", access.users().toString());
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
