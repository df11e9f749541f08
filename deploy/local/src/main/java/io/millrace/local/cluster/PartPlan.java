package io.millrace.local.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a part is started.
 *
 * @param kind what it is
 * @param index from 1 among those of its kind
 * @param command program and arguments; empty for Redis, whose program comes out of a jar
 * @param environment variables that go over those of the supervisor
 * @param addresses where it will listen, by use
 */
record PartPlan(
    PartKind kind,
    int index,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> addresses) {
  PartPlan {
    command = List.copyOf(command);
    environment = new TreeMap<>(environment);
    addresses = new TreeMap<>(addresses);
  }

  String name() {
    return kind.name(index);
  }
}
