package io.millrace.local.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A cluster of two slots in this process, with the adaptive scheduler and the REST API. */
public final class RestCluster implements AutoCloseable {

  private final MiniCluster cluster;
  private final FlinkRest rest;
  private final Path directory;

  private RestCluster(MiniCluster cluster, FlinkRest rest, Path directory) {
    this.cluster = cluster;
    this.rest = rest;
    this.directory = directory;
  }

  /** Starts it. */
  public static RestCluster start(Path directory) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(JobManagerOptions.SCHEDULER, SchedulerType.Adaptive);
    configuration.set(
        JobManagerOptions.SCHEDULER_EXECUTING_COOLDOWN_AFTER_RESCALING, Duration.ofMillis(100));
    configuration.set(
        JobManagerOptions.SCHEDULER_EXECUTING_RESOURCE_STABILIZATION_TIMEOUT,
        Duration.ofMillis(100));
    configuration.set(
        JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT,
        Duration.ofMillis(100));
    configuration.set(WebOptions.UPLOAD_DIR, directory.resolve("uploads").toString());
    configuration.set(WebOptions.SUBMIT_ENABLE, true);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
    cluster.start();
    URI address = URI.create(cluster.getRestAddress().get().toString());
    return new RestCluster(cluster, new FlinkRest(address), directory);
  }

  public FlinkRest rest() {
    return rest;
  }

  /** A jar of {@link EndlessJob}. */
  public Path endlessJob() throws IOException {
    Path file = directory.resolve("endless-job.jar");
    String entry = EndlessJob.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file));
        InputStream in =
            Objects.requireNonNull(EndlessJob.class.getClassLoader().getResourceAsStream(entry))) {
      out.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
      out.write(
          "Manifest-Version: 1.0\nMain-Class: %s\n"
              .formatted(EndlessJob.class.getName())
              .getBytes(UTF_8));
      out.closeEntry();
      out.putNextEntry(new JarEntry(entry));
      in.transferTo(out);
      out.closeEntry();
    }
    return file;
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
