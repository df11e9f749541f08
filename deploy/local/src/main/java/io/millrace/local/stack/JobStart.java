package io.millrace.local.stack;

import io.millrace.inference.InferenceJob;
import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.webhooks.WebhooksJob;
import io.millrace.webhooks.config.WebhooksConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits the jobs, each as a new one with the state of its newest checkpoint, if there is one. */
final class JobStart {

  private static final Logger LOG = LoggerFactory.getLogger(JobStart.class);

  /** What the embedded broker allows at most: the stack may be stopped that long. */
  private static final String TRANSACTION_TIMEOUT = "7d";

  private JobStart() {}

  /** Submits the inference job. */
  static FlinkJob inference(
      FlinkCluster cluster, JobSettings settings, Map<String, String> environment)
      throws Exception {
    String prefix = ConfigLoader.ENVIRONMENT_PREFIX;
    Map<String, String> variables = variables(prefix, settings, environment);
    variables.put(prefix + "PARALLELISM", Integer.toString(settings.parallelism()));
    variables.put(prefix + "MODELS_REPOSITORY", settings.repository().toString());
    InferenceConfig config = ConfigLoader.load(null, variables);
    return submit(
        cluster,
        InferenceJob.NAME,
        InferenceJob.flinkConfiguration(config),
        job -> InferenceJob.build(job, config),
        settings.checkpoints());
  }

  /** Submits the webhooks job. */
  static FlinkJob webhooks(
      FlinkCluster cluster, JobSettings settings, Path secrets, Map<String, String> environment)
      throws Exception {
    String prefix = WebhooksConfig.ENVIRONMENT_PREFIX;
    Map<String, String> variables = variables(prefix, settings, environment);
    variables.put(prefix + "PARALLELISM", Integer.toString(JobSettings.WEBHOOKS_SLOTS));
    variables.put(prefix + "SECRETS_FILE", secrets.toString());
    WebhooksConfig config = WebhooksConfig.load(null, variables);
    return submit(
        cluster,
        WebhooksJob.NAME,
        WebhooksJob.flinkConfiguration(config),
        job -> WebhooksJob.build(job, config),
        settings.checkpoints());
  }

  /** What this stack decides goes over what the environment says. */
  private static Map<String, String> variables(
      String prefix, JobSettings settings, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(prefix + "KAFKA_BOOTSTRAP_SERVERS", settings.kafka());
    variables.put(prefix + "KAFKA_TRANSACTION_TIMEOUT", TRANSACTION_TIMEOUT);
    variables.put(prefix + "REDIS_URI", settings.redis());
    variables.put(prefix + "CHECKPOINTS_DIRECTORY", settings.checkpoints().toUri().toString());
    return variables;
  }

  private static FlinkJob submit(
      FlinkCluster cluster,
      String name,
      Configuration configuration,
      Consumer<StreamExecutionEnvironment> builder,
      Path checkpoints)
      throws Exception {
    StreamExecutionEnvironment job =
        StreamExecutionEnvironment.createLocalEnvironment(configuration);
    builder.accept(job);
    StreamGraph graph = job.getStreamGraph();
    graph.setJobName(name);
    new Checkpoints(checkpoints).newest().ifPresent(checkpoint -> restore(graph, checkpoint));
    return cluster.submit(graph);
  }

  /** The first checkpoint of the new job then needs nothing of the old ones. */
  private static void restore(StreamGraph graph, Path checkpoint) {
    LOG.info("Restoring {} from {}", graph.getJobName(), checkpoint);
    graph.setSavepointRestoreSettings(
        SavepointRestoreSettings.forPath(
            checkpoint.toUri().toString(), false, RecoveryClaimMode.NO_CLAIM));
  }
}
