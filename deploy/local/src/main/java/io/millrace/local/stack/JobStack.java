package io.millrace.local.stack;

import io.millrace.kafka.Topics;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.schemas.Topic;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A part of a stack: broker and Redis with topics and deployed models, and the inference job if it
 * is wanted. Without the API and the webhooks, so that only that is measured which is meant; or for
 * an API in a process of its own.
 */
public final class JobStack {

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);

  private final Broker kafka;
  private final ReadStore redis;

  private final List<ModelVersion> versions;

  private JobStack(Broker kafka, ReadStore redis, List<ModelVersion> versions) {
    this.kafka = kafka;
    this.redis = redis;
    this.versions = versions;
  }

  /**
   * Starts broker and Redis, and registers and deploys the models that the options name, which are
   * there.
   */
  public static JobStack withoutJob(StackOptions options, DataDirectory data, Shutdown shutdown)
      throws InterruptedException, IOException {
    Broker kafka = shutdown.add("Kafka", Broker.start(data.kafka()));
    ReadStore redis = shutdown.add("Redis", ReadStore.start(data.redis()));
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      Topics.create(admin, Topic.ALL);
    }
    List<ModelVersion> versions =
        new DeployableModels(options.repository()).existing(options.models());
    new Registrations(kafka.bootstrapServers(), Clock.systemUTC())
        .register(new LocalModelRepository(options.repository()));
    var unused =
        new Deployments(kafka.bootstrapServers(), Clock.systemUTC())
            .deploy(versions, options.terms());
    return new JobStack(kafka, redis, versions);
  }

  /** The same with the inference job; the models are loaded and warm when this returns. */
  public static JobStack start(StackOptions options, DataDirectory data, Shutdown shutdown)
      throws Exception {
    JobStack stack = withoutJob(options, data, shutdown);
    FlinkCluster flink =
        shutdown.add("Flink", FlinkCluster.start(0, JobSettings.SLOTS, data.temporary()));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(options.jobSettings());
    FlinkJob job =
        shutdown.add(
            "the inference job",
            JobStart.inference(
                flink,
                new JobSettings(
                    stack.kafka(),
                    stack.redis(),
                    options.repository(),
                    data.checkpoints(),
                    options.parallelism()),
                environment));
    job.awaitRunning(READY_TIMEOUT, System::nanoTime);
    new HttpProbe(System::nanoTime)
        .await(flink.metrics(), new LoadedModels(stack.versions)::allLoaded, READY_TIMEOUT);
    return stack;
  }

  /** Bootstrap servers. */
  public String kafka() {
    return kafka.bootstrapServers();
  }

  /** {@code redis://host:port}. */
  public String redis() {
    return redis.uri();
  }

  /** Where an API of this stack may listen. */
  public static URI api(int port) {
    return URI.create("http://" + Ports.HOST + ":" + port);
  }
}
