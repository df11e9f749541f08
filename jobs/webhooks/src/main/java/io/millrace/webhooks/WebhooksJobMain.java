package io.millrace.webhooks;

import io.millrace.jobs.JobMain;
import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.JobArguments;
import io.millrace.webhooks.config.WebhooksConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Submits the webhooks job to the cluster that it is run on. */
public final class WebhooksJobMain {

  private WebhooksJobMain() {}

  /**
   * Submits the job.
   *
   * @param arguments {@code --config FILE}, {@code --set key=value} and {@code --help}
   * @throws ConfigException names the argument or key and what was expected of it
   */
  public static void main(String[] arguments) throws Exception {
    JobMain.run(
        arguments,
        "millrace-webhooks.jar",
        WebhooksConfig.ENVIRONMENT_PREFIX,
        WebhooksJobMain::start);
  }

  private static void start(JobArguments arguments) throws Exception {
    WebhooksConfig config = WebhooksConfig.forArguments(arguments, System.getenv());
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(WebhooksJob.flinkConfiguration(config));
    WebhooksJob.build(environment, config);
    environment.execute(WebhooksJob.NAME);
  }
}
