package io.millrace.inference.route;

import java.io.Serializable;
import org.apache.flink.metrics.MetricGroup;

/**
 * Loads versions where the job runs as soon as they are deployed, so that the first request does
 * not wait for it.
 */
public interface VersionPreloader extends Serializable {

  /**
   * Starts preloading in one subtask.
   *
   * @param metrics where it shows what is loaded
   */
  Opened open(MetricGroup metrics);

  /** Preloading in one subtask. */
  interface Opened extends AutoCloseable {

    /** Starts to load a version, unless it did before. Returns at once. */
    void preload(String model, String version);

    @Override
    void close();
  }
}
