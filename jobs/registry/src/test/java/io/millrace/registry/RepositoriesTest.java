package io.millrace.registry;

import static io.millrace.registry.TestPackages.FIRST;
import static io.millrace.registry.TestPackages.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.ModelLoadException;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelRepository;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoriesTest {

  private final String authority = UUID.randomUUID().toString();
  private final String uri = "memory://" + authority + "/registry";

  @TempDir private Path directory;

  @Test
  void aLocalDirectoryIsReadInPlace() throws Exception {
    // Given
    ModelPackage written = TestPackages.write(directory, FIRST, "weights");

    // When
    ModelRepository repository = Repositories.open(directory.toString(), cache());

    // Then
    assertThat(repository).isInstanceOf(LocalModelRepository.class);
    assertThat(repository.open(FIRST).directory()).isEqualTo(written.directory());
    assertThat(cache()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aUriIsDownloadedOnceAndThenOpenedLocally(boolean memory) throws Exception {
    // Given
    String location = memory ? uri : directory.resolve("remote").toUri().toString();
    ModelPackage written = push(location);
    ModelRepository repository = Repositories.open(location, cache());

    // When
    ModelPackage opened = repository.open(FIRST);

    // Then
    assertThat(repository.list()).containsExactly(FIRST);
    assertThat(opened.directory()).startsWith(cache());
    assertThat(opened.manifest()).isEqualTo(written.manifest());
    assertThat(opened.file("encoder.onnx")).hasContent("weights");
  }

  @Test
  void concurrentOpensDownloadOnce() throws Exception {
    // Given
    push(uri);
    MemoryFileSystem.Store store = MemoryFileSystem.store(authority);
    ModelRepository repository = Repositories.open(uri, cache());
    ExecutorService callers = Executors.newFixedThreadPool(8);
    store.opened.set(0);

    // When
    Callable<ModelPackage> open = () -> repository.open(FIRST);
    List<Future<ModelPackage>> opened =
        callers.invokeAll(Stream.generate(() -> open).limit(16).toList());

    // Then the manifest and two files were read
    for (Future<ModelPackage> each : opened) {
      assertThat(each.get()).isEqualTo(opened.get(0).get());
    }
    assertThat(store.opened).hasValue(3);
    callers.shutdown();
  }

  @Test
  void aDownloadSurvivesTheProcessAndTheRegistry() throws Exception {
    // Given
    push(uri);
    ModelPackage opened = Repositories.open(uri, cache()).open(FIRST);
    MemoryFileSystem.store(authority).objects.clear();

    // Then
    assertThat(Repositories.open(uri, cache()).open(FIRST)).isEqualTo(opened);
  }

  @Test
  void registriesDoNotShareDownloads() throws Exception {
    // Given
    push(uri);
    Repositories.open(uri, cache()).open(FIRST);

    // Then
    assertThatThrownBy(() -> Repositories.open(uri + "-other", cache()).open(FIRST))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("no package");
  }

  @Test
  void aDamagedDownloadIsRefusedAndAMissingVersionNamed() throws Exception {
    // Given
    push(uri);
    ModelRepository repository = Repositories.open(uri, cache());
    Files.writeString(repository.open(FIRST).file("encoder.onnx"), "weightz");

    // Then
    assertThatThrownBy(() -> repository.open(FIRST))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("encoder.onnx was changed");
    assertThatThrownBy(() -> repository.open(SECOND))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("desk/1.1.0: no package");
  }

  @Test
  void anUnknownSchemeIsNamed() {
    assertThatThrownBy(() -> Repositories.open("nowhere://bucket/models", cache()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nowhere");
  }

  private Path cache() {
    return directory.resolve("cache");
  }

  private ModelPackage push(String location) throws Exception {
    ModelPackage written = TestPackages.write(directory.resolve("local"), FIRST, "weights");
    ModelRegistry.open(location).push(written, TransferProgress.NONE);
    return written;
  }
}
