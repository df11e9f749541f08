package io.millrace.local.cluster;

/** The kinds of processes of a cluster, in the order in which they start. */
public enum PartKind {
  BROKER("broker"),
  REDIS("redis"),
  ZOOKEEPER("zookeeper"),
  TASK_MANAGER("tm"),
  JOB_MANAGER("jm"),
  API("api");

  private final String id;

  PartKind(String id) {
    this.id = id;
  }

  /** The name on command lines and of files. */
  public String id() {
    return id;
  }

  /** Whether there can be more than one of it. */
  public boolean several() {
    return this == TASK_MANAGER || this == API;
  }

  /** The name of one of them: {@code jm}, or {@code tm-1}. */
  public String name(int index) {
    return several() ? id + "-" + index : id;
  }
}
