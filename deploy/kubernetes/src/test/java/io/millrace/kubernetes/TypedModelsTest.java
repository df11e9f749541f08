package io.millrace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypedModelsTest {

  /** Objects whose keys are the user's own. */
  private static final Set<String> FREE =
      Set.of(
          "labels",
          "annotations",
          "matchLabels",
          "selector",
          "data",
          "requests",
          "limits",
          "config",
          "flinkConfiguration",
          "logConfiguration",
          "values",
          "jvmOptions");

  static List<Manifest> files() {
    return Manifests.all();
  }

  static List<Manifest> oneOfEachKind() {
    return List.copyOf(
        Manifests.all().stream()
            .collect(
                Collectors.toMap(
                    Manifest::kind,
                    manifest -> manifest,
                    BinaryOperator.maxBy(
                        Comparator.comparingInt(manifest -> manifest.tree().toString().length()))))
            .values());
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyDocumentHasTheFieldsOfItsTypeAlone(Manifest manifest) throws JsonProcessingException {
    assertThat(TypedModels.read(manifest)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void soHasEveryRenderedDocument(Overlay overlay) throws Exception {
    for (Manifest manifest : overlay.manifests()) {
      assertThat(TypedModels.read(manifest)).as("%s", manifest).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("oneOfEachKind")
  void aFieldThatNobodyKnowsIsAnErrorWhereverItStands(Manifest manifest) {
    List<String> objects = new ArrayList<>();
    collectObjects(manifest.tree(), "", objects);
    assertThat(objects).hasSizeGreaterThan(1);
    for (String pointer : objects) {
      // Given
      ObjectNode tree = manifest.tree().deepCopy();
      ((ObjectNode) tree.at(pointer)).put("misspelt", "x");

      // When it is read, then
      assertThatThrownBy(() -> TypedModels.read(new Manifest(manifest.source(), tree)))
          .as("%s at %s", manifest, pointer)
          .hasMessageContaining("misspelt");
    }
  }

  @Test
  void aKindThatIsNotUsedHereIsAnError() throws IOException {
    // Given
    Manifest secret =
        Manifests.parse("a test", "apiVersion: v1\nkind: Secret\nmetadata: {name: x}").get(0);

    // When it is read, then
    assertThatThrownBy(() -> TypedModels.read(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v1/Secret");
  }

  private static void collectObjects(JsonNode node, String pointer, List<String> objects) {
    if (node.isObject()) {
      if (!FREE.contains(pointer.substring(pointer.lastIndexOf('/') + 1))
          || node.has("matchLabels")
          || node.has("matchExpressions")) {
        objects.add(pointer);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          collectObjects(
              field.getValue(),
              pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"),
              objects);
        }
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collectObjects(node.get(i), pointer + "/" + i, objects);
      }
    }
  }
}
