package io.millrace.local.cluster;

import io.millrace.local.terminal.CommandFailedException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a cluster: {@code cluster.json}, which the supervisor keeps.
 *
 * @param supervisor the process that starts the others
 * @param stopping whether it is ending them
 * @param parts in the order in which they start
 */
public record ClusterState(ProcessIdentity supervisor, boolean stopping, List<Part> parts) {

  public ClusterState {
    parts = List.copyOf(parts);
  }

  /**
   * The cluster that runs, or ran last, on a data directory.
   *
   * @throws CommandFailedException when there was none
   */
  public static ClusterState read(Path directory) {
    return find(directory).orElseThrow(() -> none(directory));
  }

  /** The same; empty when there was none. */
  public static Optional<ClusterState> find(Path directory) {
    return JsonFile.read(new ClusterLayout(directory).state(), ClusterState.class);
  }

  static CommandFailedException none(Path directory) {
    return new CommandFailedException(
        "No cluster has run on " + directory + ". Start one with: millrace cluster up");
  }

  void write(Path directory) {
    JsonFile.write(new ClusterLayout(directory).state(), this);
  }

  /** Whether the supervisor, or any part, lives. */
  public boolean isAlive() {
    return supervisor.isAlive() || parts.stream().anyMatch(Part::isAlive);
  }

  public List<Part> parts(PartKind kind) {
    return parts.stream().filter(part -> part.kind() == kind).toList();
  }

  /**
   * One part.
   *
   * @param index from 1; null for the first
   * @throws CommandFailedException when there is no such part
   */
  public Part part(PartKind kind, @Nullable Integer index) {
    List<Part> there = parts(kind);
    int wanted = index == null ? 1 : index;
    return there.stream()
        .filter(part -> part.index() == wanted)
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "There is no %s; there are %s"
                        .formatted(
                            kind.name(wanted),
                            (there.isEmpty() ? parts : there).stream().map(Part::name).toList())));
  }

  /** The same, with all parts stopped. */
  ClusterState stopped() {
    return new ClusterState(supervisor, true, parts.stream().map(Part::stopped).toList());
  }

  /** Kafka's bootstrap servers. */
  public String kafka() {
    return part(PartKind.BROKER, null).addresses().getOrDefault("kafka", "");
  }

  /** {@code redis://host:port}. */
  public String redis() {
    return part(PartKind.REDIS, null).address("redis").toString();
  }

  /** Flink's REST API and web UI. */
  public URI flink() {
    return part(PartKind.JOB_MANAGER, null).address("http");
  }

  /** The API's replicas. */
  public List<URI> apis() {
    return parts(PartKind.API).stream().map(part -> part.address("http")).toList();
  }
}
