package io.millrace.local.models;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.onnx.TensorPackage;
import io.millrace.models.packages.ModelPackage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace models init}. */
@Command(
    name = "init",
    description =
        "Makes a package of an ONNX file with tensors in and out. The signature is read from the"
            + " file, and the package is loaded once before it is there.",
    sortOptions = false)
final class InitCommand implements Callable<Integer> {

  @Option(
      names = "--onnx",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The model, with its weights inside.")
  private @Nullable Path onnx;

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "The model's name.")
  private String name = "";

  @Option(
      names = "--version",
      required = true,
      paramLabel = "VERSION",
      description = "Its semantic version, like 1.0.0.")
  private String version = "";

  @Option(
      names = "--max-batch-size",
      paramLabel = "N",
      description =
          "Rows of a batch at most, where the first dimension of all tensors varies. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "32")
  private int maxBatchSize;

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    ModelVersion wanted = version();
    if (maxBatchSize < 1) {
      throw wrong("--max-batch-size: expected 1 or more, found " + maxBatchSize);
    }
    Path file = Objects.requireNonNull(onnx);
    if (!Files.isRegularFile(file)) {
      throw new CommandFailedException("There is no file " + file);
    }
    ProcessSetup.logTo(repository.workspace().log("models"));
    ProcessSetup.nativeLibrariesIn(repository.workspace().root().resolve("native"));
    try {
      ModelPackage made = TensorPackage.write(repository.path(), wanted, file, maxBatchSize);
      ManifestView.lines(made).forEach(terminal::line);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException(
          "%s is in %s already; packages are immutable".formatted(wanted, repository.path()), e);
    } catch (ModelLoadException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
    terminal.line();
    terminal.line("Serve it with: ./millrace up --model " + name);
    terminal.line(
        "or on a running stack: ./millrace deployments set %s --version %s"
            .formatted(name, version));
    return 0;
  }

  private ModelVersion version() {
    try {
      return new ModelVersion(name, version);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String says) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), says);
  }
}
