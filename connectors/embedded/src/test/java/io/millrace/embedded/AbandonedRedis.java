package io.millrace.embedded;

import java.nio.file.Path;

/** Starts a Redis, says where, and dies without stopping it. */
final class AbandonedRedis {

  private AbandonedRedis() {}

  public static void main(String[] arguments) {
    System.out.println(EmbeddedRedis.start(Path.of(arguments[0]), 0).uri());
    System.out.flush();
    Runtime.getRuntime().halt(ChildJvm.KILLED);
  }
}
