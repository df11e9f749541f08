package io.millrace.evaluation.ask;

import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelRepository;
import io.millrace.models.runtime.BatchingModelRuntime;
import io.millrace.models.runtime.RuntimeOptions;
import io.millrace.models.runtime.SharedModelRuntime;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * The packages that are asked and the runtime that they are asked in: one a process, with default
 * options, apart from that of an inference job of the same process.
 *
 * @param repository directory of the model packages
 */
public record Models(String repository) implements Serializable {

  private static final long serialVersionUID = 1L;

  public ModelRepository packages() {
    return new LocalModelRepository(Path.of(repository));
  }

  public SharedModelRuntime.Lease acquire() {
    RuntimeOptions options = RuntimeOptions.defaults();
    return SharedModelRuntime.acquire(
        new SharedModelRuntime.Key(Path.of(repository), options),
        () -> new BatchingModelRuntime(packages(), options));
  }
}
