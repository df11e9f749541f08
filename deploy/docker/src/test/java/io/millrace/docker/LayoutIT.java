package io.millrace.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which class is where. Flink's class path is there for the life of a process; a job jar has a
 * class loader of its own for each submission, which looks into itself first.
 */
class LayoutIT {

  private static final List<String> ON_THE_CLASS_PATH_ONLY =
      List.of(
          "ai/djl/",
          "ai/onnxruntime/",
          "com/sun/jna/",
          "io/millrace/models/",
          "io/millrace/registry/",
          "io/millrace/schemas/",
          "org/apache/avro/",
          "org/apache/flink/api/",
          "org/apache/flink/formats/avro/",
          "org/apache/flink/runtime/",
          "org/apache/flink/streaming/api/",
          "org/apache/logging/",
          "org/slf4j/");

  private static final List<String> NATIVES = List.of(".so", ".dylib", ".dll", ".jnilib");

  @Test
  void noClassIsOnTheClassPathTwice() {
    // When
    Map<String, Path> owners = new HashMap<>();
    Set<String> twice = new TreeSet<>();
    for (Path jar : classPath()) {
      for (String name : Image.classes(jar)) {
        Path other = owners.put(name, jar);
        if (other != null) {
          twice.add(name + " in " + other.getFileName() + " and " + jar.getFileName());
        }
      }
    }

    // Then
    assertThat(twice).isEmpty();
    assertThat(owners).hasSizeGreaterThan(10_000);
  }

  @Test
  void noClassIsBothOnTheClassPathAndInAJob() {
    // Given
    Set<String> classPath = new TreeSet<>();
    classPath().forEach(jar -> classPath.addAll(Image.classes(jar)));

    for (Path job : Image.jobs()) {
      // When
      Set<String> both = new TreeSet<>(Image.classes(job));
      both.retainAll(classPath);

      // Then
      assertThat(both).as(job.toString()).isEmpty();
    }
  }

  @Test
  void jobsHaveNothingThatBelongsToTheProcess() {
    for (Path job : Image.jobs()) {
      assertThat(Image.entries(job))
          .as(job.toString())
          .noneMatch(name -> ON_THE_CLASS_PATH_ONLY.stream().anyMatch(name::startsWith))
          .noneMatch(LayoutIT::isNative)
          .noneMatch(name -> name.endsWith(".SF") || name.endsWith("module-info.class"));
    }
  }

  @Test
  void theNativesOfTheModelsAreInFlinksLib() {
    assertThat(Image.flinkLib())
        .extracting(jar -> jar.getFileName().toString())
        .anyMatch(name -> name.startsWith("onnxruntime"))
        .anyMatch(name -> name.startsWith("tokenizers"))
        .anyMatch(name -> name.startsWith("jna"))
        .anyMatch(name -> name.startsWith("zstd-jni"))
        .anyMatch(name -> name.startsWith("millrace-connector-models-0"))
        .noneMatch(name -> name.contains("faulty"))
        .noneMatch(name -> name.startsWith("flink-") && !name.startsWith("flink-avro"))
        .noneMatch(name -> name.startsWith("slf4j") || name.startsWith("log4j"));
  }

  @Test
  void jobsNameTheirMains() {
    assertThat(Image.jobs())
        .extracting(jar -> jar.getFileName().toString())
        .containsExactly("millrace-inference.jar", "millrace-webhooks.jar");
    assertMain("millrace-inference.jar", "io.millrace.inference.InferenceJobMain");
    assertMain("millrace-webhooks.jar", "io.millrace.webhooks.WebhooksJobMain");
  }

  @Test
  void theApiHasNeitherFlinkNorModels() {
    assertThat(Image.manifestValue(Image.API_JAR, "Main-Class"))
        .isEqualTo("io.millrace.ingress.IngressApplication");
    assertThat(Image.entries(Image.API_JAR))
        .contains("log4j2.xml", "application.yml", "io/millrace/schemas/log.json")
        .noneMatch(name -> name.startsWith("org/apache/flink/") || name.startsWith("ai/djl/"))
        .noneMatch(name -> name.endsWith(".SF"));
  }

  private static void assertMain(String jar, String main) {
    Path job = Image.JOBS.resolve(jar);
    assertThat(Image.manifestValue(job, "Main-Class")).isEqualTo(main);
    assertThat(Image.classes(job)).contains(main.replace('.', '/') + ".class");
  }

  private static List<Path> classPath() {
    return Stream.concat(Image.flink().stream(), Image.flinkLib().stream()).toList();
  }

  private static boolean isNative(String name) {
    return NATIVES.stream().anyMatch(name::endsWith);
  }
}
