package io.millrace.local.chaos;

import io.millrace.local.stack.LocalStack;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.faulty.Faults;
import io.millrace.models.faulty.FaultyPackages;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.training.SampleModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.commons.io.FileUtils;

/** A model repository with the sample model, and with copies of it that go wrong. */
final class Packages {

  private final Path repository;

  private Packages(Path repository) {
    this.repository = repository;
  }

  /** A new repository with the sample model. */
  static Packages of(Path samples, Path repository) throws IOException {
    Path version = Path.of(LocalStack.SAMPLE_MODEL).resolve(SampleModel.VERSION.version());
    FileUtils.copyDirectory(
        samples.resolve(version).toFile(), repository.resolve(version).toFile());
    return new Packages(repository);
  }

  Path repository() {
    return repository;
  }

  /** Adds a copy that goes wrong. */
  void addFaulty(ModelVersion copy, UnaryOperator<Faults> faults)
      throws ModelLoadException, IOException {
    String engine =
        new LocalModelRepository(repository).open(SampleModel.VERSION).manifest().engine();
    FaultyPackages.wrap(repository, SampleModel.VERSION, copy, faults.apply(Faults.of(engine)));
  }
}
