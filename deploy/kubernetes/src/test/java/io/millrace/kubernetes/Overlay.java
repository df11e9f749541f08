package io.millrace.kubernetes;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** An overlay as Kustomize renders it; each is rendered once. */
enum Overlay {
  DEV,
  PRODUCTION;

  private static final Map<Overlay, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

  /** The rendered documents; without {@code kubectl} and {@code kustomize} the test is skipped. */
  List<Manifest> manifests() throws IOException, InterruptedException {
    List<Manifest> rendered = RENDERED.get(this);
    if (rendered == null) {
      rendered = render();
      RENDERED.put(this, rendered);
    }
    return rendered;
  }

  List<Manifest> manifests(String kind) throws IOException, InterruptedException {
    return Manifests.ofKind(manifests(), kind);
  }

  Manifest manifest(String kind, String name) throws IOException, InterruptedException {
    return manifests().stream()
        .filter(manifest -> manifest.is(kind, name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + this));
  }

  private List<Manifest> render() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(kustomize());
    command.add(Manifests.DIRECTORY.resolve("overlays").resolve(label()).toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + " failed:\n" + output);
    }
    return Manifests.parse("overlay " + label(), output);
  }

  private String label() {
    return this == DEV ? "dev" : "production";
  }

  private static List<String> kustomize() {
    return executable("kustomize")
        .map(program -> List.of(program, "build"))
        .or(() -> executable("kubectl").map(program -> List.of(program, "kustomize")))
        .orElseGet(
            () ->
                Assumptions.abort(
                    "neither kustomize nor kubectl is on the path: the overlays are not rendered"));
  }

  private static Optional<String> executable(String name) {
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
