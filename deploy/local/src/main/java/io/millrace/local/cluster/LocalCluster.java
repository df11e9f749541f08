package io.millrace.local.cluster;

import io.millrace.inference.InferenceJob;
import io.millrace.local.cluster.scale.Rescaling;
import io.millrace.local.flink.FlinkRest;
import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.DeployableModels;
import io.millrace.local.stack.HttpProbe;
import io.millrace.local.stack.LoadedModels;
import io.millrace.local.stack.Parts;
import io.millrace.local.stack.Ports;
import io.millrace.local.stack.StackSetup;
import io.millrace.local.stack.StartListener;
import io.millrace.local.stack.WebhookSecrets;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.models.ModelVersion;
import io.millrace.webhooks.WebhooksJob;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A cluster of processes on this machine:
 *
 * <pre>
 * supervisor ─┬─ broker ── topics ── deployments ─┐
 *             ├─ Redis ───────────────────────────┤
 *             ├─ ZooKeeper ── JobManager ─────────┼─ jobs ── models ─┬─ ready
 *             ├─ task managers ───────────────────┘                  │
 *             └─ API ────────────────────────────────────────────────┘
 * </pre>
 *
 * It runs on when this process ends. What was accepted before it is stopped, or before any of its
 * processes are killed, is finished later.
 */
public final class LocalCluster implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final ClusterOptions options;
  private final ClusterLayout layout;
  private final ClusterPlan plan;

  private LocalCluster(ClusterOptions options, ClusterPlan plan) {
    this.options = options;
    this.plan = plan;
    layout = new ClusterLayout(options.directory());
  }

  /**
   * Starts all processes, submits the jobs and waits until the API takes requests and the models
   * are loaded. What a supervisor that was killed left running is ended first.
   *
   * @throws CommandFailedException when a cluster runs on the directory already, or a port is taken
   * @throws io.millrace.local.stack.PartFailedException when a part does not start; shows the end
   *     of its log. All others are stopped again.
   */
  public static LocalCluster start(
      ClusterOptions options, ClusterArtifacts artifacts, StartListener listener)
      throws IOException, InterruptedException {
    artifacts.requireThere();
    Ports.requireFree(options.apiPort(), "the API", "--port");
    Ports.requireFree(options.flinkPort(), "Flink's web UI", "--flink-port");
    new DeployableModels(options.repository()).requireThere(options.models());
    requireStopped(options.directory());
    ClusterPlan plan = prepare(options, artifacts);
    LocalCluster cluster = new LocalCluster(options, plan);
    boolean started = false;
    try {
      Process supervisor = SupervisorLaunch.start(cluster.layout);
      cluster.await(supervisor, listener);
      started = true;
      return cluster;
    } finally {
      if (!started) {
        cluster.close();
      }
    }
  }

  private static void requireStopped(Path directory) throws InterruptedException {
    ClusterState before = ClusterState.find(directory).orElse(null);
    if (before == null || !before.isAlive()) {
      return;
    }
    if (before.supervisor().isAlive()) {
      throw new CommandFailedException(
          "A cluster runs on "
              + directory
              + " already. See it with: millrace cluster status; stop it with: millrace cluster down");
    }
    new ClusterStop(directory, message -> {}).stop();
  }

  private static ClusterPlan prepare(ClusterOptions options, ClusterArtifacts artifacts)
      throws IOException {
    try (DataDirectory data = DataDirectory.claim(options.directory())) {
      ClusterLayout layout = new ClusterLayout(data.path());
      // The jobs are submitted anew with their last state: what else Flink remembers of them speaks
      // of ports and jars that may be others now.
      FileUtils.deleteDirectory(layout.zookeeper().toFile());
      FileUtils.deleteDirectory(layout.highAvailability().toFile());
      ClusterPlanner planner =
          new ClusterPlanner(options, artifacts, ClusterPorts.of(options.directory().hashCode()));
      ClusterPlan plan = planner.plan();
      planner.writeConfiguration(plan);
      Path unused = WebhookSecrets.install(layout.webhookSecrets());
      return plan;
    }
  }

  private void await(Process supervisor, StartListener listener) throws InterruptedException {
    StartWatch watch = new StartWatch(layout, supervisor, TIMEOUT, System::nanoTime);
    FlinkRest flink = new FlinkRest(flinkUri(), ANSWER, Duration.ZERO);
    StackSetup setup = new StackSetup(plan.kafka(), Clock.systemUTC());
    DeployableModels models = new DeployableModels(options.repository());
    JobSubmit jobs = new JobSubmit(new FlinkRest(flinkUri()), TIMEOUT, System::nanoTime);
    try (Parts steps = new Parts(listener, System::nanoTime)) {
      var versions = steps.run("models", () -> models.prepare(options.models(), listener));
      var broker = steps.run("the broker", () -> await(watch, PartKind.BROKER, this::brokerServes));
      var redis =
          steps.run(
              "Redis",
              () -> await(watch, PartKind.REDIS, () -> connects(URI.create(plan.redis()))));
      var zookeeper =
          steps.run(
              "ZooKeeper",
              () -> await(watch, PartKind.ZOOKEEPER, () -> connects(zookeeperAddress())));
      var jobManager =
          steps.run(
              "the JobManager",
              () -> await(watch, PartKind.JOB_MANAGER, () -> flink.taskManagers() != null),
              zookeeper);
      var taskManagers =
          steps.run(
              "the task managers",
              () ->
                  await(
                      watch,
                      PartKind.TASK_MANAGER,
                      () ->
                          flink.taskManagers().size() >= options.taskManagers() + options.spares()),
              jobManager);
      var topics = steps.run("topics", setup::createTopics, broker);
      var deployed =
          steps.run(
              "deployments",
              () -> setup.deploy(options.repository(), versions.get(), Map.of()),
              topics,
              versions);
      var inference =
          steps.run(
              "the inference job",
              () ->
                  options.autoscale()
                      ? runWithOneSubtask(jobs, plan.job(InferenceJob.NAME), flink)
                      : run(jobs, plan.job(InferenceJob.NAME)),
              deployed,
              redis,
              taskManagers);
      // After the inference job, which makes the first answers.
      var unusedWebhooks =
          steps.run("the webhooks job", () -> run(jobs, plan.job(WebhooksJob.NAME)), inference);
      var unusedLoaded =
          steps.run("the models", () -> awaitLoaded(deployed.get()), inference, deployed);
      var unusedApi =
          steps.run(
              "the API",
              () -> await(watch, PartKind.API, () -> apisServe(deployed.get())),
              deployed,
              redis);
      steps.await();
    }
  }

  private static Object await(StartWatch watch, PartKind kind, StartWatch.Check check)
      throws InterruptedException {
    watch.await(kind, check);
    return kind;
  }

  private static String run(JobSubmit jobs, JobPlan job) throws IOException, InterruptedException {
    String id = jobs.submit(job);
    jobs.awaitRunning(id);
    jobs.awaitCheckpoint(job, id);
    return id;
  }

  /** Built with all its subtasks, as one that is to be rescaled must be, and begun with one. */
  private static String runWithOneSubtask(JobSubmit jobs, JobPlan job, FlinkRest flink)
      throws IOException, InterruptedException {
    String id = run(jobs, job);
    boolean unused = Rescaling.ofInferenceJob(flink, job.parallelism()).to(id, 1);
    return id;
  }

  private boolean brokerServes() throws ExecutionException, InterruptedException {
    if (!connects(URI.create("kafka://" + plan.kafka()))) {
      return false;
    }
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            plan.kafka(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) ANSWER.toMillis(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) ANSWER.toMillis());
    try (Admin admin = Admin.create(settings)) {
      return !admin.describeCluster().nodes().get().isEmpty();
    }
  }

  private static boolean connects(URI address) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.getHost(), address.getPort()), (int) ANSWER.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private URI zookeeperAddress() {
    return URI.create(
        "zookeeper://" + part(PartKind.ZOOKEEPER).addresses().getOrDefault("zookeeper", ""));
  }

  private URI flinkUri() {
    return URI.create(part(PartKind.JOB_MANAGER).addresses().getOrDefault("http", ""));
  }

  private PartPlan part(PartKind kind) {
    return plan.parts().stream().filter(part -> part.kind() == kind).findFirst().orElseThrow();
  }

  /** Each version is loaded and warm wherever a subtask runs. */
  private Object awaitLoaded(List<ModelVersion> versions) throws InterruptedException {
    LoadedModels loaded = new LoadedModels(versions);
    HttpProbe probe = new HttpProbe(System::nanoTime);
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!loaded.allLoaded(scrapes(probe))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Not all of %s are loaded after %d s".formatted(versions, TIMEOUT.toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(ANSWER.toMillis() / 10);
    }
    return versions;
  }

  private String scrapes(HttpProbe probe) throws InterruptedException {
    StringBuilder all = new StringBuilder();
    for (PartPlan part : plan.parts()) {
      if (part.kind() == PartKind.TASK_MANAGER) {
        String address = part.addresses().getOrDefault("metrics", "");
        all.append(probe.get(URI.create(address)).orElse("")).append('\n');
      }
    }
    return all.toString();
  }

  /** Every replica is ready, and knows of every deployment; that can be asked only without keys. */
  private boolean apisServe(List<ModelVersion> versions) throws InterruptedException {
    HttpProbe probe = new HttpProbe(System::nanoTime);
    for (URI api : state().apis()) {
      if (probe.get(api.resolve("/health/ready")).isEmpty()) {
        return false;
      }
      for (ModelVersion version : versions) {
        if (options.keys() == null
            && probe.get(api.resolve("/v1/models/" + version.model())).isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Its processes as they are now. */
  public ClusterState state() {
    return ClusterState.read(options.directory());
  }

  public ClusterPlan plan() {
    return plan;
  }

  public Path directory() {
    return options.directory();
  }

  /** Stops it; its data stays. */
  @Override
  public void close() throws InterruptedException {
    new ClusterStop(options.directory(), message -> {}).stop();
  }
}
