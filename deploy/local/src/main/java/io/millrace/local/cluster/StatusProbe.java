package io.millrace.local.cluster;

import io.millrace.local.cluster.PartView.Health;
import io.millrace.local.flink.CheckpointStatistics.Checkpoint;
import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.FlinkRestException;
import io.millrace.local.flink.JobDetails;
import io.millrace.local.flink.JobSummary;
import io.millrace.local.flink.TaskManager;
import io.millrace.local.stack.HttpProbe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks each part of a cluster how it is. */
public final class StatusProbe {

  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final Path directory;
  private final InstantSource clock;
  private final HttpProbe http = new HttpProbe(System::nanoTime);

  /**
   * A probe.
   *
   * @param directory the cluster's data directory
   */
  public StatusProbe(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Asks now.
   *
   * @throws io.millrace.local.terminal.CommandFailedException when no cluster has run there
   */
  public ClusterStatus ask() throws InterruptedException {
    ClusterState state = ClusterState.read(directory);
    FlinkRest flink = new FlinkRest(state.flink(), ANSWER, Duration.ZERO);
    Set<String> registered = Set.of();
    List<JobView> jobs = List.of();
    boolean flinkServes = false;
    if (state.part(PartKind.JOB_MANAGER, null).isAlive()) {
      try {
        registered = flink.taskManagers().stream().map(TaskManager::id).collect(Collectors.toSet());
        jobs = jobs(flink);
        flinkServes = true;
      } catch (FlinkRestException e) {
        // It is starting, and says so in the table.
      }
    }
    List<PartView> parts = new ArrayList<>();
    for (Part part : state.parts()) {
      parts.add(view(part, part.isAlive() ? health(part, flinkServes, registered) : Health.DOWN));
    }
    return new ClusterStatus(directory.toString(), state.supervisor().isAlive(), parts, jobs);
  }

  private Health health(Part part, boolean flinkServes, Set<String> registered)
      throws InterruptedException {
    boolean serves =
        switch (part.kind()) {
          case JOB_MANAGER -> flinkServes;
          case TASK_MANAGER -> registered.contains(part.name());
          case API -> http.get(part.address("http").resolve("/health/ready")).isPresent();
          case BROKER, ZOOKEEPER, REDIS -> connects(part);
        };
    return serves ? Health.UP : Health.STARTING;
  }

  private static boolean connects(Part part) {
    URI address = URI.create("tcp://" + part.mainAddress().replaceFirst("^[a-z]+://", ""));
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.getHost(), address.getPort()), (int) ANSWER.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private PartView view(Part part, Health health) {
    long seconds =
        health == Health.DOWN ? 0 : Math.max(0, clock.millis() - part.startedAt()) / 1_000;
    return new PartView(
        part.name(),
        health,
        part.pid(),
        seconds,
        part.restarts(),
        health == Health.DOWN ? 0 : ResidentMemory.of(part.pid()),
        part.mainAddress(),
        part.lastEnd());
  }

  private List<JobView> jobs(FlinkRest flink) throws InterruptedException {
    List<JobView> views = new ArrayList<>();
    for (JobSummary job : flink.jobs()) {
      if (job.alive()) {
        JobDetails details = flink.details(job.id());
        Checkpoint last = flink.checkpoints(job.id()).latest().completed();
        views.add(
            new JobView(
                job.name(),
                job.state(),
                details.running(),
                details.parallelism(),
                last == null ? null : last.id(),
                last == null ? null : (clock.millis() - last.acknowledged()) / 1e3,
                flink.failures(job.id()).size()));
      }
    }
    return views;
  }
}
