package io.millrace.models.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.InvalidInputException;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.StopSignal;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelPackage;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedRemoteCallTest {

  private static final ModelVersion REMOTE = new ModelVersion("remote", "1.0.0");

  @TempDir private Path repository;

  @Test
  void aPackageIsFoundByItsEngineAndItsCallsWaitOnceForAllRows() throws Exception {
    // Given
    SimulatedRemoteCallModel model = load(new SimulatedRemoteCall(30));
    List<SimulatedRemoteCallModel.Texts> batch =
        List.of(model.prepare(texts("one", "three")), model.prepare(texts("")));

    // When
    long from = System.nanoTime();
    List<List<Tensor>> answers = model.predict(batch, new StopSignal());
    Duration took = Duration.ofNanos(System.nanoTime() - from);

    // Then
    assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    assertThat(answers).hasSize(2);
    assertThat(Tensors.floats(answers.get(0).get(0))).containsExactly(3, 5);
    assertThat(Tensors.floats(answers.get(1).get(0))).containsExactly(0);
  }

  @Test
  void aCallCanBeStopped() throws Exception {
    SimulatedRemoteCallModel model = load(new SimulatedRemoteCall(Integer.MAX_VALUE));
    StopSignal stop = new StopSignal();
    stop.stop();

    assertThatThrownBy(() -> model.predict(List.of(model.prepare(texts("one"))), stop))
        .isInstanceOf(PredictionException.class)
        .hasMessageContaining("stopped");
  }

  @Test
  void whatIsNoTextIsRefused() throws Exception {
    SimulatedRemoteCallModel model = load(new SimulatedRemoteCall(0));

    assertThatThrownBy(() -> model.prepare(List.of(Tensors.ofStrings("other", List.of("one")))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'text'");
    assertThatThrownBy(
            () -> model.prepare(List.of(Tensors.ofFloats("text", new long[] {1}, new float[1]))))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aFileThatSaysMoreIsRefused() throws Exception {
    ModelPackage written =
        SimulatedRemoteCallPackages.write(repository, REMOTE, new SimulatedRemoteCall(1), 4);
    Files.writeString(written.file(SimulatedRemoteCall.FILE), "millis: 1\nseconds: 2\n");

    assertThatThrownBy(() -> new SimulatedRemoteCallEngine().load(written))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("seconds");
  }

  private SimulatedRemoteCallModel load(SimulatedRemoteCall call) throws Exception {
    var unused = SimulatedRemoteCallPackages.write(repository, REMOTE, call, 4);
    ModelPackage found = new LocalModelRepository(repository).open(REMOTE);
    ModelEngine engine =
        ServiceLoader.load(ModelEngine.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(installed -> installed.name().equals(found.manifest().engine()))
            .findFirst()
            .orElseThrow();
    return (SimulatedRemoteCallModel) engine.load(found);
  }

  private static List<Tensor> texts(String... texts) {
    return List.of(Tensors.ofStrings(SimulatedRemoteCallPackages.INPUT, List.of(texts)));
  }
}
