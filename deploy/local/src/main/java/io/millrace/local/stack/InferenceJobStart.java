package io.millrace.local.stack;

import io.millrace.inference.InferenceJob;
import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits the inference job, restored from its newest checkpoint. */
final class InferenceJobStart {

  private static final Logger LOG = LoggerFactory.getLogger(InferenceJobStart.class);

  /** What the embedded broker allows at most: the stack may be stopped that long. */
  private static final String TRANSACTION_TIMEOUT = "7d";

  private InferenceJobStart() {}

  /** Submits the job as a new one, with the state of the newest checkpoint when there is one. */
  static FlinkJob submit(
      FlinkCluster cluster, JobSettings settings, Map<String, String> environment)
      throws Exception {
    InferenceConfig config = ConfigLoader.load(null, variables(settings, environment));
    Configuration flink = InferenceJob.flinkConfiguration(config);
    StreamExecutionEnvironment job = StreamExecutionEnvironment.createLocalEnvironment(flink);
    InferenceJob.build(job, config);
    StreamGraph graph = job.getStreamGraph();
    graph.setJobName(InferenceJob.NAME);
    new Checkpoints(settings.checkpoints())
        .newest()
        .ifPresent(checkpoint -> restore(graph, checkpoint));
    return cluster.submit(graph);
  }

  /** The first checkpoint of the new job then needs nothing of the old ones. */
  private static void restore(StreamGraph graph, Path checkpoint) {
    LOG.info("Restoring the inference job from {}", checkpoint);
    graph.setSavepointRestoreSettings(
        SavepointRestoreSettings.forPath(
            checkpoint.toUri().toString(), false, RecoveryClaimMode.NO_CLAIM));
  }

  /** What this stack decides goes over what the environment says. */
  private static Map<String, String> variables(
      JobSettings settings, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    String prefix = ConfigLoader.ENVIRONMENT_PREFIX;
    variables.put(prefix + "PARALLELISM", Integer.toString(JobSettings.SLOTS));
    variables.put(prefix + "KAFKA_BOOTSTRAP_SERVERS", settings.kafka());
    variables.put(prefix + "KAFKA_TRANSACTION_TIMEOUT", TRANSACTION_TIMEOUT);
    variables.put(prefix + "REDIS_URI", settings.redis());
    variables.put(prefix + "MODELS_REPOSITORY", settings.repository().toString());
    variables.put(prefix + "CHECKPOINTS_DIRECTORY", settings.checkpoints().toUri().toString());
    return variables;
  }
}
