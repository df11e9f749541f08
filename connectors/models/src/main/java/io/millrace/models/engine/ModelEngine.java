package io.millrace.models.engine;

import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.packages.ModelPackage;

/**
 * Loads model packages of one kind. Engines are found by {@link java.util.ServiceLoader}; the
 * package's {@code engine} names one.
 */
public interface ModelEngine {

  /** The name that {@code model.yaml} gives under {@code engine}, {@code OnnxRuntime} for one. */
  String name();

  /**
   * Loads a verified package.
   *
   * @throws ModelLoadException says what could not be loaded and the true cause
   */
  Model<?> load(ModelPackage modelPackage) throws ModelLoadException;
}
