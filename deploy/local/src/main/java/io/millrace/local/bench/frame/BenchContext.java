package io.millrace.local.bench.frame;

import io.millrace.local.data.Utterance;
import io.millrace.local.data.Utterances;
import io.millrace.local.models.TrainingDisplay;
import io.millrace.local.stack.DeployableModels;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Terminal;
import io.millrace.models.ModelVersion;
import io.millrace.training.SampleModel;
import io.millrace.training.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a scenario works with.
 *
 * @param shutdown closes what is left when the process ends first
 */
public record BenchContext(BenchOptions options, Terminal terminal, Shutdown shutdown) {

  /** A version, alone in its repository. */
  public record InstalledModel(Path repository, ModelVersion version) {

    /** The name of its first input. */
    public String input() {
      return DeployableModels.firstInput(repository, version);
    }
  }

  /** The texts of the data. */
  public List<String> texts() {
    return Utterances.read(options.data()).stream().map(Utterance::text).toList();
  }

  /** A directory for files that only the benchmarks need. */
  public Path directory(String name) {
    return options.workspace().bench().resolve(name);
  }

  /** The sample model in fp32, trained when it is not there. */
  public InstalledModel fp32() throws TrainingException, IOException {
    Path repository = directory("fp32");
    try (TrainingDisplay display = new TrainingDisplay(terminal)) {
      var unused = SampleModel.install(repository, display);
    }
    return new InstalledModel(repository, SampleModel.VERSION);
  }

  /** Its int8 variant. */
  public InstalledModel int8() throws TrainingException, IOException {
    Path repository = directory("int8");
    try (TrainingDisplay display = new TrainingDisplay(terminal)) {
      var unused = SampleModel.installQuantised(repository, display);
    }
    return new InstalledModel(repository, SampleModel.QUANTISED);
  }
}
