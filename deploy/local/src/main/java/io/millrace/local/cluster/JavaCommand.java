package io.millrace.local.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the command line of a Java process. */
final class JavaCommand {

  private final List<String> options = new ArrayList<>();
  private final String java;

  private JavaCommand(String java) {
    this.java = java;
  }

  /** With the Java that runs this process. */
  static JavaCommand ofThisJava() {
    return new JavaCommand(Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  JavaCommand option(String... option) {
    options.addAll(List.of(option));
    return this;
  }

  /** Heap of at most so many megabytes. */
  JavaCommand heap(int megabytes) {
    return option("-Xmx" + megabytes + "m");
  }

  JavaCommand property(String name, Object value) {
    return option("-D" + name + "=" + value);
  }

  List<String> main(String classPath, String main, List<String> arguments) {
    return with(List.of("-cp", classPath, main), arguments);
  }

  List<String> jar(Path jar) {
    return with(List.of("-jar", jar.toString()), List.of());
  }

  private List<String> with(List<String> what, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(options);
    command.addAll(what);
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
