package io.millrace.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.testtools.CodeBlocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The documents of base and overlays, as they stand in their files. */
final class Manifests {

  static final Path DIRECTORY = CodeBlocks.root().resolve("deploy/kubernetes");

  static final YAMLMapper YAML = new YAMLMapper();

  /** Kustomize's own files, which are not documents of the Kubernetes API. */
  private static final Set<String> OF_KUSTOMIZE =
      Set.of("kustomization.yaml", "kustomizeconfig.yaml");

  private Manifests() {}

  static List<Manifest> ofBase() {
    return in("base");
  }

  /** Of base and overlays; those of the overlays may be patches. */
  static List<Manifest> all() {
    return Stream.of("base", "overlays").flatMap(part -> in(part).stream()).toList();
  }

  static List<Manifest> ofKind(List<Manifest> manifests, String kind) {
    return manifests.stream().filter(manifest -> manifest.kind().equals(kind)).toList();
  }

  static List<Manifest> parse(String source, String yaml) throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNext()) {
        manifests.add(new Manifest(source, documents.next()));
      }
    }
    return manifests;
  }

  private static List<Manifest> in(String part) {
    List<Manifest> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.walk(DIRECTORY.resolve(part))) {
      for (Path file : files.filter(Manifests::isManifest).sorted().toList()) {
        manifests.addAll(parse(DIRECTORY.relativize(file).toString(), Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return manifests;
  }

  /** What programs read themselves is in directories {@code config}. */
  private static boolean isManifest(Path file) {
    return file.toString().endsWith(".yaml")
        && !OF_KUSTOMIZE.contains(file.getFileName().toString())
        && !file.toString().contains("/config/");
  }
}
