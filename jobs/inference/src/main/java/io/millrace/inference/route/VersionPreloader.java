package io.millrace.inference.route;

import io.millrace.models.runtime.ServingOptions;
import java.io.Serializable;
import java.util.Map;
import org.apache.flink.metrics.MetricGroup;

/**
 * Keeps versions loaded where the job runs, from the moment that they are deployed, so that no
 * request waits for a load.
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

    /**
     * Keeps these versions of a model loaded, and no others any more. Returns at once.
     *
     * @param versions how each runs
     */
    void hold(String model, Map<String, ServingOptions> versions);

    /** Lets all go. */
    @Override
    void close();
  }
}
