package io.millrace.inference;

import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.jobs.JobMain;
import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.JobArguments;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Submits the inference job to the cluster that it is run on. */
public final class InferenceJobMain {

  private InferenceJobMain() {}

  /**
   * Submits the job.
   *
   * @param arguments {@code --config FILE}, {@code --set key=value} and {@code --help}
   * @throws ConfigException names the argument or key and what was expected of it
   */
  public static void main(String[] arguments) throws Exception {
    JobMain.run(
        arguments,
        "millrace-inference.jar",
        ConfigLoader.ENVIRONMENT_PREFIX,
        InferenceJobMain::start);
  }

  private static void start(JobArguments arguments) throws Exception {
    InferenceConfig config = ConfigLoader.forArguments(arguments, System.getenv());
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(InferenceJob.flinkConfiguration(config));
    InferenceJob.build(environment, config);
    environment.execute(InferenceJob.NAME);
  }
}
