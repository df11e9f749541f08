package io.millrace.local.cluster;

import io.millrace.inference.InferenceJob;
import io.millrace.local.cluster.FlinkSettings.JobManagerPorts;
import io.millrace.local.cluster.FlinkSettings.TaskManagerPorts;
import io.millrace.webhooks.WebhooksJob;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/** Decides on the processes of a cluster: their ports, command lines and configuration. */
final class ClusterPlanner {

  private static final String HOST = FlinkSettings.HOST;
  private static final String HTTP = "http://" + HOST + ":";

  /** What the embedded broker allows at most: the cluster may be down that long. */
  private static final String TRANSACTION_TIMEOUT = "7d";

  private static final int BROKER_HEAP = 512;
  private static final int ZOOKEEPER_HEAP = 64;
  private static final int JOB_MANAGER_HEAP = 448;
  private static final int API_HEAP = 256;
  private static final int METASPACE = 256;

  private final ClusterOptions options;
  private final ClusterArtifacts artifacts;
  private final ClusterLayout layout;
  private final ClusterPorts ports;
  private final List<PartPlan> parts = new ArrayList<>();
  private Configuration flink = new Configuration();

  ClusterPlanner(ClusterOptions options, ClusterArtifacts artifacts, ClusterPorts ports) {
    this.options = options;
    this.artifacts = artifacts;
    this.ports = ports;
    layout = new ClusterLayout(options.directory());
  }

  ClusterPlan plan() {
    // First those that someone has asked for.
    int firstApi = options.apiPort();
    int rest = ports.take(options.flinkPort());
    List<Integer> apis = new ArrayList<>();
    for (int index = 1, next = firstApi; index <= options.apis(); index++) {
      next = firstApi != 0 && next == rest ? next + 1 : next;
      apis.add(ports.take(next));
      next = firstApi == 0 ? 0 : next + 1;
    }
    String kafka = HOST + ":" + ports.any();
    String redis = "redis://" + HOST + ":" + ports.any();
    String zookeeper = HOST + ":" + ports.any();
    broker(kafka);
    add(PartKind.REDIS, 1, List.of(), Map.of(), Map.of("redis", redis));
    zookeeper(zookeeper);
    flink(zookeeper, rest);
    for (int index = 1; index <= apis.size(); index++) {
      api(index, apis.get(index - 1), kafka, redis);
    }
    return new ClusterPlan(
        parts, jobs(kafka, redis), options.repository(), kafka, redis, options.autoscale());
  }

  /** Writes the files that the processes read. */
  void writeConfiguration(ClusterPlan plan) throws IOException {
    Files.createDirectories(layout.configuration());
    Files.createDirectories(layout.logs());
    Files.createDirectories(layout.highAvailability());
    try (InputStream logging = ClusterPlanner.class.getResourceAsStream("log4j2-part.xml")) {
      Files.copy(
          Objects.requireNonNull(logging), layout.logging(), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(layout.flink(), FlinkSettings.yaml(flink));
    plan.write(layout.root());
  }

  private void broker(String address) {
    add(
        PartKind.BROKER,
        1,
        java(PartKind.BROKER.name(1))
            .heap(BROKER_HEAP)
            .option("-XX:+ExitOnOutOfMemoryError")
            .main(
                ClassPaths.ofThisProcess(),
                BrokerMain.class.getName(),
                List.of(layout.kafka().toString(), port(address))),
        Map.of(),
        Map.of("kafka", address));
  }

  private void zookeeper(String address) {
    add(
        PartKind.ZOOKEEPER,
        1,
        java(PartKind.ZOOKEEPER.name(1))
            .heap(ZOOKEEPER_HEAP)
            .option("-XX:+ExitOnOutOfMemoryError")
            .main(
                ClassPaths.ofThisProcess(),
                ZooKeeperMain.class.getName(),
                List.of(layout.zookeeper().toString(), port(address))),
        Map.of(),
        Map.of("zookeeper", address));
  }

  private void flink(String zookeeper, int rest) {
    JobManagerPorts jobManager = new JobManagerPorts(ports.any(), rest, ports.any(), ports.any());
    flink = FlinkSettings.common(layout, zookeeper, jobManager, options.slots());
    for (int index = 1; index <= options.taskManagers() + options.spares(); index++) {
      taskManager(index);
    }
    Configuration settings = FlinkSettings.jobManager(layout, jobManager);
    add(
        PartKind.JOB_MANAGER,
        1,
        java(PartKind.JOB_MANAGER.name(1))
            .heap(JOB_MANAGER_HEAP)
            .option("-XX:MaxMetaspaceSize=" + METASPACE + "m")
            .option("--add-opens=java.base/java.util=ALL-UNNAMED")
            .main(
                flinkClassPath(),
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                flinkArguments(settings)),
        Map.of(),
        Map.of(
            "http",
            HTTP + rest,
            "metrics",
            metrics(jobManager.metrics()),
            "rpc",
            HOST + ":" + jobManager.rpc()));
  }

  private void taskManager(int index) {
    TaskManagerPorts own = new TaskManagerPorts(ports.any(), ports.any(), ports.any());
    Configuration settings = FlinkSettings.taskManager(layout, index, own);
    JavaCommand java = java(PartKind.TASK_MANAGER.name(index));
    add(
        PartKind.TASK_MANAGER,
        index,
        FlinkSettings.taskManagerMemory(java)
            .property("ai.djl.offline", true)
            .property("ai.djl.onnx.disable_alternative", true)
            .property("OPT_OUT_TRACKING", true)
            .property("DJL_CACHE_DIR", layout.root().resolve("native"))
            .main(
                flinkClassPath(),
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                flinkArguments(settings)),
        Map.of(),
        Map.of("metrics", metrics(own.metrics()), "rpc", HOST + ":" + own.rpc()));
  }

  private void api(int index, int port, String kafka, String redis) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("MICRONAUT_SERVER_HOST", HOST);
    environment.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    environment.put("MILLRACE_KAFKA_BOOTSTRAP_SERVERS", kafka);
    environment.put("MILLRACE_REDIS_URI", redis);
    if (options.keys() != null) {
      environment.put("MILLRACE_ACCESS_KEYS_FILE", options.keys().toAbsolutePath().toString());
    }
    add(
        PartKind.API,
        index,
        java(PartKind.API.name(index))
            .heap(API_HEAP)
            .option("-XX:+ExitOnOutOfMemoryError")
            .jar(artifacts.apiJar()),
        environment,
        Map.of("http", HTTP + port, "metrics", HTTP + port + "/metrics"));
  }

  private List<JobPlan> jobs(String kafka, String redis) {
    Map<String, String> inference = settings(InferenceJob.NAME, kafka, redis);
    inference.put("parallelism", Integer.toString(options.inferenceSlots()));
    inference.put("models.repository", options.repository().toString());
    inference.putAll(options.jobSettings());
    Map<String, String> webhooks = settings(WebhooksJob.NAME, kafka, redis);
    webhooks.put("parallelism", "1");
    webhooks.put("secrets.file", layout.webhookSecrets().toString());
    return List.of(
        job(InferenceJob.NAME, artifacts.inferenceJar(), inference),
        job(WebhooksJob.NAME, artifacts.webhooksJar(), webhooks));
  }

  private Map<String, String> settings(String job, String kafka, String redis) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("kafka.bootstrap-servers", kafka);
    settings.put("kafka.transaction-timeout", TRANSACTION_TIMEOUT);
    settings.put("redis.uri", redis);
    settings.put("checkpoints.directory", layout.checkpoints(job).toUri().toString());
    settings.put("checkpoints.interval", "1s");
    // Slots of a lost task manager are there again at once.
    settings.put("restart.initial-backoff", "100ms");
    settings.put("restart.max-backoff", "2s");
    settings.put("restart.reset-after", "10s");
    return settings;
  }

  private JobPlan job(String name, Path jar, Map<String, String> settings) {
    List<String> arguments =
        settings.entrySet().stream()
            .flatMap(
                setting -> List.of("--set", setting.getKey() + "=" + setting.getValue()).stream())
            .toList();
    return new JobPlan(
        name,
        jar,
        arguments,
        layout.checkpoints(name),
        layout.savepoints(name),
        Integer.parseInt(settings.getOrDefault("parallelism", "1")));
  }

  private String flinkClassPath() {
    List<String> paths = new ArrayList<>();
    paths.add(artifacts.flinkClassPath());
    // The reporter of metrics that keeps to the loopback interface.
    paths.add(ClassPaths.ofThisModule().toString());
    if (options.faulty()) {
      paths.add(ClassPaths.ofFaultyModels().toString());
    }
    return String.join(File.pathSeparator, paths);
  }

  private List<String> flinkArguments(Configuration settings) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--configDir");
    arguments.add(layout.configuration().toString());
    arguments.addAll(FlinkSettings.arguments(settings));
    return arguments;
  }

  /** What all Java processes have in common: as small and as soon up as they can be. */
  private JavaCommand java(String part) {
    return JavaCommand.ofThisJava()
        .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
        .property("millrace.log.file", layout.log(part))
        .property("log4j2.configurationFile", layout.logging().toUri())
        .property("java.io.tmpdir", layout.temporary(part));
  }

  private void add(
      PartKind kind,
      int index,
      List<String> command,
      Map<String, String> environment,
      Map<String, String> addresses) {
    parts.add(new PartPlan(kind, index, command, environment, addresses));
  }

  private static String metrics(int port) {
    return HTTP + port + "/metrics";
  }

  private static String port(String address) {
    return address.substring(address.lastIndexOf(':') + 1);
  }
}
