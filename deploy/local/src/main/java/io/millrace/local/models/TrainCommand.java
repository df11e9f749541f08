package io.millrace.local.models;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.training.ClassifierTraining;
import io.millrace.training.Encoder;
import io.millrace.training.TrainingData;
import io.millrace.training.TrainingException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace models train}. */
@Command(
    name = "train",
    description =
        "Trains a classifier on a CSV with the columns text and category (or label): a logistic"
            + " head on a frozen encoder. Metrics come from the test file, from the rows of the"
            + " split test, or from rows held out of the data.",
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {

  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "all-minilm-l6-v2",
      completionCandidates = EncoderNames.class)
  private String encoder = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE.csv",
      description = "The training rows.")
  private @Nullable Path data;

  @Option(names = "--test", paramLabel = "FILE.csv", description = "The rows to measure on.")
  private @Nullable Path test;

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "The model's name.")
  private String name = "";

  @Option(
      names = "--version",
      required = true,
      paramLabel = "VERSION",
      description = "Its semantic version, like 1.0.0.")
  private String version = "";

  @Option(
      names = "--quantized-from",
      paramLabel = "VERSION",
      description =
          "The version of this model that the new one is a quantised form of: what the form saves"
              + " is counted against it.")
  private @Nullable String quantizedFrom;

  @Option(names = "--replace", description = "Replace the package when it is there already.")
  private boolean replace;

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;
  private final LongSupplier nanoTicker = System::nanoTime;

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static final class EncoderNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Encoder.values()).map(Encoder::id).iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    ModelVersion wanted = valid(() -> new ModelVersion(name, version));
    Encoder chosen = valid(() -> Encoder.of(encoder));
    String original = quantizedFrom == null ? null : original(quantizedFrom);
    ProcessSetup.logTo(repository.workspace().log("models"));
    ProcessSetup.nativeLibrariesIn(repository.workspace().root().resolve("native"));
    long from = nanoTicker.getAsLong();
    try (TrainingDisplay display = new TrainingDisplay(terminal)) {
      TrainingData rows = TrainingData.read(Objects.requireNonNull(data), test);
      ModelPackage trained =
          new ClassifierTraining(repository.path(), display)
              .train(
                  wanted, chosen, rows, original, replace ? IfPresent.REPLACE : IfPresent.REFUSE);
      display.close();
      Duration took = Duration.ofNanos(nanoTicker.getAsLong() - from);
      TrainingReport.lines(trained, took).forEach(terminal::line);
      return 0;
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException(
          "%s is in %s already; --replace replaces it".formatted(wanted, repository.path()), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException("There is no file " + e.getFile(), e);
    } catch (TrainingException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private String original(String other) {
    ModelVersion original = valid(() -> new ModelVersion(name, other));
    if (other.equals(version)) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--quantized-from: expected another version than " + version);
    }
    return original.version();
  }

  private <T> T valid(Callable<T> value) {
    try {
      return value.call();
    } catch (Exception e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
