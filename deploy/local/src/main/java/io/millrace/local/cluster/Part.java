package io.millrace.local.cluster;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process of a running cluster.
 *
 * @param kind what it is
 * @param index from 1 among those of its kind
 * @param state as the supervisor knows it
 * @param pid of its process, or of its last one; 0 before the first
 * @param startedAt when that was started, in milliseconds since 1970
 * @param restarts how often it was started again
 * @param lastEnd how its last process ended; null when none has
 * @param addresses where it listens, by use: {@code http}, {@code kafka}, {@code redis}, {@code
 *     zookeeper}, {@code rpc}, {@code metrics}
 */
public record Part(
    PartKind kind,
    int index,
    PartState state,
    long pid,
    long startedAt,
    int restarts,
    @Nullable String lastEnd,
    Map<String, String> addresses) {

  public Part {
    addresses = new TreeMap<>(addresses);
  }

  static Part planned(PartPlan plan) {
    return new Part(
        plan.kind(), plan.index(), PartState.RESTARTING, 0, 0, 0, null, plan.addresses());
  }

  /** Such as {@code jm} or {@code tm-1}. */
  public String name() {
    return kind.name(index);
  }

  /** Whether its process lives now. */
  public boolean isAlive() {
    return identity().isAlive();
  }

  /** Where it listens for a use; one that it does not have is an error. */
  public URI address(String use) {
    String address = addresses.get(use);
    if (address == null) {
      throw new IllegalArgumentException(name() + " has no address " + use);
    }
    return URI.create(address);
  }

  /** The address that people use; empty when there is none. */
  public String mainAddress() {
    return Stream.of("http", "kafka", "redis", "zookeeper", "rpc")
        .filter(addresses::containsKey)
        .findFirst()
        .map(addresses::get)
        .orElse("");
  }

  ProcessIdentity identity() {
    return new ProcessIdentity(pid, startedAt);
  }

  Part running(ProcessIdentity process) {
    return new Part(
        kind,
        index,
        PartState.RUNNING,
        process.pid(),
        process.startedAt(),
        pid == 0 && lastEnd == null ? 0 : restarts + 1,
        lastEnd,
        addresses);
  }

  Part ended(String how) {
    return new Part(kind, index, PartState.RESTARTING, pid, startedAt, restarts, how, addresses);
  }

  Part stopped() {
    return new Part(kind, index, PartState.STOPPED, pid, startedAt, restarts, lastEnd, addresses);
  }
}
