package io.millrace.registry;

import static io.millrace.registry.TestPackages.FIRST;
import static io.millrace.registry.TestPackages.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasesTest {

  @TempDir private Path directory;
  private Aliases aliases;

  @BeforeEach
  void writePackages() throws IOException {
    TestPackages.write(directory, FIRST, "one");
    TestPackages.write(directory, SECOND, "two");
    aliases = ModelRegistry.open(directory.toString()).aliases();
  }

  @Test
  void areSetMovedAndRemoved() throws Exception {
    // When
    aliases.set("champion", FIRST);
    aliases.set("challenger", SECOND);

    // Then
    assertThat(directory.resolve("desk/aliases.yaml"))
        .hasContent("challenger: 1.1.0\nchampion: 1.0.0\n");
    assertThat(aliases.resolve("desk", "champion")).isEqualTo(FIRST);

    // When
    aliases.set("champion", SECOND);
    aliases.remove("desk", "challenger");

    // Then
    assertThat(aliases.of("desk")).isEqualTo(Map.of("champion", "1.1.0"));
    assertThat(aliases.at(SECOND)).containsExactly("champion");
    assertThat(aliases.at(FIRST)).isEmpty();
    assertThat(ModelRegistry.open(directory.toString()).list()).containsExactly(FIRST, SECOND);
  }

  @Test
  void areReplacedOnADistributedFileSystemToo() throws Exception {
    // Given
    ModelRegistry memory = ModelRegistry.open("memory://aliases-test/registry");
    memory.push(TestPackages.write(directory.resolve("a"), FIRST, "one"), TransferProgress.NONE);
    memory.push(TestPackages.write(directory.resolve("b"), SECOND, "two"), TransferProgress.NONE);

    // When
    memory.aliases().set("champion", FIRST);
    memory.aliases().set("champion", SECOND);

    // Then
    assertThat(memory.aliases().resolve("desk", "champion")).isEqualTo(SECOND);
  }

  @Test
  void pointOnlyAtVersionsThatAreThere() {
    assertThatThrownBy(() -> aliases.set("champion", new ModelVersion("desk", "9.0.0")))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("There is no desk/9.0.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.0.0", "Champion", "-x", "a/b", "..", "a.b", "ä"})
  void haveNamesThatNoVersionHas(String name) {
    assertThatThrownBy(() -> aliases.set(name, FIRST))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("Not an alias");
  }

  @Test
  void oneThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
    // Given
    aliases.set("champion", FIRST);

    // Then
    assertThatThrownBy(() -> aliases.resolve("desk", "challenger"))
        .isInstanceOf(RegistryException.class)
        .hasMessage("Model desk has no alias 'challenger'; it has [champion]");
    assertThatThrownBy(() -> aliases.remove("desk", "challenger"))
        .isInstanceOf(RegistryException.class);
    assertThat(aliases.of("unknown")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"champion: ../../etc", "champion: [", "- champion", "1.0.0: 1.0.0", "a:"})
  void aFileThatIsNotValidIsAnError(String yaml) throws Exception {
    // Given
    Files.writeString(directory.resolve("desk/aliases.yaml"), yaml);

    // Then
    assertThatThrownBy(() -> aliases.of("desk"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("aliases.yaml");
  }

  @Test
  void anEmptyFileHasNone() throws Exception {
    Files.writeString(directory.resolve("desk/aliases.yaml"), "");
    assertThat(aliases.of("desk")).isEmpty();
  }

  @Test
  void aModelNameLeadsNowhereElse() {
    assertThatThrownBy(() -> aliases.of("../desk")).isInstanceOf(IllegalArgumentException.class);
  }
}
