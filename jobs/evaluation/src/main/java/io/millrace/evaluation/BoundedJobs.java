package io.millrace.evaluation;

import java.util.function.Consumer;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** How Flink runs jobs that end. */
public final class BoundedJobs {

  private BoundedJobs() {}

  /** The cluster that the program was submitted to, or else one in this process. */
  public static StreamExecutionEnvironment environment() {
    Configuration flink = new Configuration();
    flink.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    // Whoever asked is there to ask again, and hears why.
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    flink.set(RestOptions.ADDRESS, "127.0.0.1");
    flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    return StreamExecutionEnvironment.getExecutionEnvironment(flink);
  }

  /**
   * Runs the job whose end this stream is.
   *
   * @throws EvaluationException says what failed
   */
  public static <T> void collect(DataStream<T> stream, String name, Consumer<T> results)
      throws EvaluationException {
    try (CloseableIterator<T> iterator = stream.executeAndCollect(name)) {
      iterator.forEachRemaining(results);
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new EvaluationException("The job " + name + " failed: " + cause.getMessage(), e);
    }
  }
}
