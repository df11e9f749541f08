package io.millrace.local.cluster;

import io.millrace.inference.InferenceJob;
import io.millrace.inference.config.ConfigLoader;
import io.millrace.jobs.config.ConfigException;
import io.millrace.local.cluster.scale.AutoscalerSettings;
import io.millrace.local.cluster.scale.LocalAutoscalerLoop;
import io.millrace.local.cluster.scale.QueueMeasurement;
import io.millrace.local.cluster.scale.Rescaling;
import io.millrace.local.flink.FlinkRest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The local autoscaler of a cluster's inference job, from one subtask to all its slots. */
final class ClusterAutoscaler implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final LocalAutoscalerLoop loop;
  private final QueueMeasurement queue;

  private ClusterAutoscaler(LocalAutoscalerLoop loop, QueueMeasurement queue) {
    this.loop = loop;
    this.queue = queue;
  }

  /** Starts it; the parts need not be up. */
  static ClusterAutoscaler start(ClusterPlan plan) throws ConfigException {
    JobPlan job = plan.job(InferenceJob.NAME);
    URI jobManager =
        plan.parts().stream()
            .filter(part -> part.kind() == PartKind.JOB_MANAGER)
            .map(part -> URI.create(part.addresses().getOrDefault("http", "")))
            .findFirst()
            .orElseThrow();
    FlinkRest flink = new FlinkRest(jobManager, ANSWER, Duration.ZERO);
    QueueMeasurement queue =
        QueueMeasurement.open(plan.kafka(), plan.redis(), consumerGroup(plan), Map.of());
    return new ClusterAutoscaler(
        LocalAutoscalerLoop.start(
            flink,
            Rescaling.ofInferenceJob(flink, job.parallelism()),
            queue,
            AutoscalerSettings.between(1, job.parallelism())),
        queue);
  }

  /** The job's default: a cluster has one inference job. */
  private static String consumerGroup(ClusterPlan plan) throws ConfigException {
    return ConfigLoader.load(
            null, Map.of(ConfigLoader.ENVIRONMENT_PREFIX + "KAFKA_BOOTSTRAP_SERVERS", plan.kafka()))
        .kafka()
        .consumerGroup();
  }

  @Override
  public void close() {
    loop.close();
    queue.close();
  }
}
