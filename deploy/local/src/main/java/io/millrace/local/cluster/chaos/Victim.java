package io.millrace.local.cluster.chaos;

/** What is killed, in turn. */
public enum Victim {
  /** A task manager that has subtasks of the inference job. */
  TM("a task manager"),
  /** The JobManager. */
  JM("the JobManager"),
  /** The Kafka broker. */
  BROKER("the broker"),
  /** Redis. */
  REDIS("Redis"),
  /** A replica of the API. */
  API("a replica of the API");

  private final String text;

  Victim(String text) {
    this.text = text;
  }

  /** For people. */
  String text() {
    return text;
  }
}
