package io.millrace.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** What the build has laid out. */
final class Image {

  static final Path TARGET = Path.of("target");
  static final Path JOBS = TARGET.resolve("image/jobs");
  static final Path API_JAR = TARGET.resolve("image/api/millrace-ingress-api.jar");

  private Image() {}

  static List<Path> flink() {
    return jars(TARGET.resolve("flink"));
  }

  static List<Path> flinkLib() {
    return jars(TARGET.resolve("image/flink-lib"));
  }

  static List<Path> jobs() {
    return jars(JOBS);
  }

  static List<Path> jars(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of a jar's entries, directories left out. */
  static List<String> entries(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the files of a jar's classes. */
  static Set<String> classes(Path jar) {
    return entries(jar).stream()
        .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
        .filter(name -> !name.startsWith("META-INF/"))
        .collect(Collectors.toSet());
  }

  static String manifestValue(Path jar, String key) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return String.valueOf(file.getManifest().getMainAttributes().getValue(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
