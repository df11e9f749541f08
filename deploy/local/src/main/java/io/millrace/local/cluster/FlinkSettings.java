package io.millrace.local.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions.TaskManagerLoadBalanceMode;
import org.apache.flink.configuration.WebOptions;

/** Flink's own settings in a cluster; what a job says goes over them. */
final class FlinkSettings {

  static final String HOST = "127.0.0.1";

  private static final int RETAINED_CHECKPOINTS = 3;

  private static final int HEAP_MEGABYTES = 640;
  private static final int FRAMEWORK_HEAP_MEGABYTES = 128;
  private static final int FRAMEWORK_OFF_HEAP_MEGABYTES = 128;

  /** What ONNX Runtime takes, mostly. */
  private static final int TASK_OFF_HEAP_MEGABYTES = 512;

  private static final int NETWORK_MEGABYTES = 64;
  private static final int METASPACE_MEGABYTES = 256;
  private static final int OVERHEAD_MEGABYTES = 192;

  /** Of RocksDB, for each slot. */
  private static final int MANAGED_MEGABYTES_PER_SLOT = 64;

  private FlinkSettings() {}

  /**
   * Ports of the JobManager.
   *
   * @param rest of the REST API and the web UI
   */
  record JobManagerPorts(int rpc, int rest, int blob, int metrics) {}

  /**
   * Ports of a task manager.
   *
   * @param data of what task managers send each other
   */
  record TaskManagerPorts(int rpc, int data, int metrics) {}

  /** What all of Flink's processes share, to be written to {@code config.yaml}. */
  static Configuration common(
      ClusterLayout layout, String zookeeper, JobManagerPorts ports, int slots) {
    Configuration flink = new Configuration();
    addresses(flink, ports);
    highAvailability(flink, layout, zookeeper, ports);
    detection(flink);
    scheduling(flink);
    memory(flink, slots);
    // Jobs say the same, and where their own checkpoints go.
    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
    flink.setString(
        "metrics.reporter.prom.factory.class",
        "org.apache.flink.metrics.prometheus.LoopbackPrometheusReporterFactory");
    flink.setString("metrics.reporter.prom.filterLabelValueCharacters", "false");
    return flink;
  }

  private static void addresses(Configuration flink, JobManagerPorts ports) {
    flink.set(JobManagerOptions.ADDRESS, HOST);
    flink.set(JobManagerOptions.BIND_HOST, HOST);
    flink.set(JobManagerOptions.PORT, ports.rpc());
    flink.set(RestOptions.ADDRESS, HOST);
    flink.set(RestOptions.BIND_ADDRESS, HOST);
    flink.set(RestOptions.PORT, ports.rest());
    flink.set(RestOptions.BIND_PORT, Integer.toString(ports.rest()));
    flink.set(BlobServerOptions.PORT, Integer.toString(ports.blob()));
    flink.set(TaskManagerOptions.HOST, HOST);
    flink.set(TaskManagerOptions.BIND_HOST, HOST);
  }

  private static void highAvailability(
      Configuration flink, ClusterLayout layout, String zookeeper, JobManagerPorts ports) {
    flink.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
    flink.set(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, zookeeper);
    flink.set(HighAvailabilityOptions.HA_CLUSTER_ID, "millrace");
    flink.set(
        HighAvailabilityOptions.HA_STORAGE_PATH, layout.highAvailability().toUri().toString());
    flink.set(HighAvailabilityOptions.HA_JOB_MANAGER_PORT_RANGE, Integer.toString(ports.rpc()));
    // A killed JobManager's leadership ends with its session; a new JVM takes longer to come up.
    flink.set(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT, Duration.ofSeconds(3));
    flink.set(HighAvailabilityOptions.ZOOKEEPER_CONNECTION_TIMEOUT, Duration.ofSeconds(3));
    flink.set(HighAvailabilityOptions.ZOOKEEPER_RETRY_WAIT, Duration.ofMillis(500));
    flink.set(HighAvailabilityOptions.ZOOKEEPER_MAX_RETRY_ATTEMPTS, 60);
    // A ZooKeeper that is started again does not make the JobManager give up its jobs.
    flink.set(HighAvailabilityOptions.ZOOKEEPER_TOLERATE_SUSPENDED_CONNECTIONS, true);
  }

  /** How soon a process that was killed is given up, and one that came back is taken. */
  private static void detection(Configuration flink) {
    flink.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(500));
    flink.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(5));
    // Calls to a process that is gone fail at once, heartbeats too: two of them are enough.
    flink.set(HeartbeatManagerOptions.HEARTBEAT_RPC_FAILURE_THRESHOLD, 2);
    flink.set(RpcOptions.TCP_TIMEOUT, Duration.ofSeconds(5));
    flink.set(ClusterOptions.MAX_REGISTRATION_TIMEOUT, Duration.ofSeconds(1));
    flink.set(ClusterOptions.ERROR_REGISTRATION_DELAY, Duration.ofMillis(500));
    flink.set(ClusterOptions.REFUSED_REGISTRATION_DELAY, Duration.ofSeconds(1));
  }

  private static void scheduling(Configuration flink) {
    flink.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Adaptive);
    // With fewer slots than wanted, how long the job waits for the missing ones.
    flink.set(
        JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT,
        Duration.ofSeconds(3));
    flink.set(
        JobManagerOptions.SCHEDULER_EXECUTING_RESOURCE_STABILIZATION_TIMEOUT,
        Duration.ofSeconds(3));
    flink.set(
        JobManagerOptions.SCHEDULER_EXECUTING_COOLDOWN_AFTER_RESCALING, Duration.ofSeconds(5));
    // The models are then loaded and warm in the spare too: slots are what it has to spare.
    flink.set(TaskManagerOptions.TASK_MANAGER_LOAD_BALANCE_MODE, TaskManagerLoadBalanceMode.SLOTS);
  }

  /** Without Flink's scripts nobody derives one from the other: all of them must be there. */
  private static void memory(Configuration flink, int slots) {
    flink.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    flink.set(TaskManagerOptions.CPU_CORES, (double) slots);
    flink.set(TaskManagerOptions.FRAMEWORK_HEAP_MEMORY, megabytes(FRAMEWORK_HEAP_MEGABYTES));
    flink.set(
        TaskManagerOptions.TASK_HEAP_MEMORY, megabytes(HEAP_MEGABYTES - FRAMEWORK_HEAP_MEGABYTES));
    flink.set(
        TaskManagerOptions.FRAMEWORK_OFF_HEAP_MEMORY, megabytes(FRAMEWORK_OFF_HEAP_MEGABYTES));
    flink.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, megabytes(TASK_OFF_HEAP_MEGABYTES));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, megabytes(NETWORK_MEGABYTES));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, megabytes(NETWORK_MEGABYTES));
    flink.set(
        TaskManagerOptions.MANAGED_MEMORY_SIZE, megabytes(MANAGED_MEGABYTES_PER_SLOT * slots));
    flink.set(TaskManagerOptions.JVM_METASPACE, megabytes(METASPACE_MEGABYTES));
    flink.set(TaskManagerOptions.JVM_OVERHEAD_MIN, megabytes(OVERHEAD_MEGABYTES));
    flink.set(TaskManagerOptions.JVM_OVERHEAD_MAX, megabytes(OVERHEAD_MEGABYTES));
  }

  private static MemorySize megabytes(int megabytes) {
    return MemorySize.ofMebiBytes(megabytes);
  }

  /** What belongs to the JobManager alone. */
  static Configuration jobManager(ClusterLayout layout, JobManagerPorts ports) {
    Configuration flink = process(layout, PartKind.JOB_MANAGER.name(1), ports.metrics());
    flink.set(WebOptions.UPLOAD_DIR, layout.temporary(PartKind.JOB_MANAGER.name(1)).toString());
    return flink;
  }

  /** What belongs to one task manager. */
  static Configuration taskManager(ClusterLayout layout, int index, TaskManagerPorts ports) {
    String name = PartKind.TASK_MANAGER.name(index);
    Configuration flink = process(layout, name, ports.metrics());
    flink.set(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID, name);
    flink.set(TaskManagerOptions.RPC_PORT, Integer.toString(ports.rpc()));
    flink.set(NettyShuffleEnvironmentOptions.DATA_PORT, ports.data());
    return flink;
  }

  private static Configuration process(ClusterLayout layout, String part, int metrics) {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.TMP_DIRS, layout.temporary(part).toString());
    flink.set(MetricOptions.QUERY_SERVICE_PORT, "0");
    flink.setString("metrics.reporter.prom.port", Integer.toString(metrics));
    return flink;
  }

  /** As options of a process of Flink's: {@code -D key=value}. */
  static List<String> arguments(Configuration flink) {
    return new TreeMap<>(flink.toMap())
        .entrySet().stream()
            .flatMap(setting -> List.of("-D", setting.getKey() + "=" + setting.getValue()).stream())
            .toList();
  }

  /** As {@code config.yaml}: one line a setting, its value quoted. */
  static String yaml(Configuration flink) {
    Map<String, String> sorted = new TreeMap<>(flink.toMap());
    return sorted.entrySet().stream()
        .map(e -> "%s: '%s'\n".formatted(e.getKey(), e.getValue().replace("'", "''")))
        .collect(Collectors.joining());
  }

  /** Options of Java that follow from the memory settings. */
  static JavaCommand taskManagerMemory(JavaCommand java) {
    int direct = FRAMEWORK_OFF_HEAP_MEGABYTES + TASK_OFF_HEAP_MEGABYTES + NETWORK_MEGABYTES;
    return java.heap(HEAP_MEGABYTES)
        .option("-XX:MaxDirectMemorySize=" + direct + "m")
        .option("-XX:MaxMetaspaceSize=" + METASPACE_MEGABYTES + "m");
  }
}
