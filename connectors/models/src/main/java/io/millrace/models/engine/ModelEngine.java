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
   * <p>For the device {@code cpu} it runs on a thread of low priority. On Linux a thread that it
   * starts has that priority too, so an engine starts threads that are to answer requests
   * elsewhere.
   *
   * @throws ModelLoadException says what could not be loaded and the true cause
   */
  Model<?> load(ModelPackage modelPackage) throws ModelLoadException;
}
