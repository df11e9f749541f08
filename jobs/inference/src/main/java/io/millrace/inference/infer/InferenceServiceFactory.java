package io.millrace.inference.infer;

import io.millrace.inference.metrics.Meters;
import java.io.Serializable;

/** Opens the service of one subtask, where the subtask runs. */
public interface InferenceServiceFactory extends Serializable {

  /**
   * Opens a service.
   *
   * @param name names its threads
   * @param meters where it shows what it counts
   */
  Opened open(String name, Meters meters);

  /** A service and what it holds. */
  interface Opened extends AutoCloseable {

    InferenceService service();

    /** Gives up what is under way and frees what was opened. */
    @Override
    void close();
  }
}
