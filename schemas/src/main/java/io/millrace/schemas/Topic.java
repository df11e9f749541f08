package io.millrace.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A topic of Millrace with what it must be created with.
 *
 * @param name the topic's name
 * @param partitions how many partitions a new topic gets unless the operator says otherwise
 * @param config the topic's own Kafka configuration
 */
public record Topic(String name, int partitions, Map<String, String> config) {

  private static final int DEFAULT_PARTITIONS = 4;

  /**
   * Bytes of a record in the topics that the job writes. More than a record of requests may have,
   * so that a dead letter has room for the record that it holds.
   */
  public static final int MAX_WRITTEN_BYTES = 8 * 1024 * 1024;

  private static final int MAX_REQUEST_BYTES = 5 * 1024 * 1024;

  /** Commands, keyed by fingerprint, so that equal contents share a partition. */
  public static final Topic REQUESTS =
      keptFor("inference.requests", Duration.ofDays(7), MAX_REQUEST_BYTES);

  /** One terminal result a job, keyed by job id; read it with {@code read_committed}. */
  public static final Topic RESULTS =
      keptFor("inference.results", Duration.ofDays(7), MAX_WRITTEN_BYTES);

  /** Records that could not be understood, as they came. */
  public static final Topic DEAD_LETTERS =
      keptFor("inference.dead-letters", Duration.ofDays(30), MAX_WRITTEN_BYTES);

  /** The deployment of each model, keyed by model; the last one a model counts. */
  public static final Topic DEPLOYMENTS =
      new Topic("model.deployments", 1, Map.of("cleanup.policy", "compact"));

  /**
   * Decisions of the rollout controller, keyed by model. The last one of a model is kept for ever,
   * the log of all for a month.
   */
  public static final Topic ROLLOUTS =
      new Topic(
          "model.rollouts",
          1,
          Map.of(
              "cleanup.policy",
              "compact",
              "min.compaction.lag.ms",
              Long.toString(Duration.ofDays(30).toMillis())));

  /** What operators ask of rollouts that run, keyed by model. */
  public static final Topic ROLLOUT_COMMANDS =
      new Topic(
          "model.rollout-commands",
          1,
          Map.of("retention.ms", Long.toString(Duration.ofDays(30).toMillis())));

  /** Evaluations of candidates, keyed by {@code model/candidate/production}; the last counts. */
  public static final Topic EVALUATIONS =
      new Topic("model.evaluations", 1, Map.of("cleanup.policy", "compact"));

  /** What each registered version of a model is, keyed by {@code model/version}. */
  public static final Topic MODEL_VERSIONS =
      new Topic("model.versions", 1, Map.of("cleanup.policy", "compact"));

  /** The ground truth of jobs, keyed by job id; the last one a job counts. */
  public static final Topic FEEDBACK =
      keptFor("inference.feedback", Duration.ofDays(30), MAX_REQUEST_BYTES);

  /** Webhook deliveries that were given up, keyed by job id. */
  public static final Topic WEBHOOK_DEAD_LETTERS =
      keptFor("webhook.dead-letters", Duration.ofDays(30), MAX_REQUEST_BYTES);

  /** Webhook deliveries that are to be made once more, keyed by job id. */
  public static final Topic WEBHOOK_REPLAYS =
      keptFor("webhook.replays", Duration.ofDays(30), MAX_REQUEST_BYTES);

  /** How far inputs and answers are from a reference, keyed by {@code model/version/feature}. */
  public static final Topic DRIFT_REPORTS = report("drift.reports");

  /** How right versions are, keyed by {@code model/version}. */
  public static final Topic QUALITY_REPORTS = report("quality.reports");

  /** What answers cost and saved, keyed by {@code model/version/tenant}. */
  public static final Topic COST_REPORTS = report("cost.reports");

  public static final List<Topic> ALL =
      List.of(
          REQUESTS,
          RESULTS,
          DEAD_LETTERS,
          DEPLOYMENTS,
          ROLLOUTS,
          ROLLOUT_COMMANDS,
          EVALUATIONS,
          MODEL_VERSIONS,
          FEEDBACK,
          WEBHOOK_DEAD_LETTERS,
          WEBHOOK_REPLAYS,
          DRIFT_REPORTS,
          QUALITY_REPORTS,
          COST_REPORTS);

  public Topic {
    config = Map.copyOf(config);
  }

  /** One record a window and issue. */
  private static Topic report(String name) {
    return new Topic(
        name, 1, Map.of("retention.ms", Long.toString(Duration.ofDays(400).toMillis())));
  }

  private static Topic keptFor(String name, Duration retention, int maxMessageBytes) {
    return new Topic(
        name,
        DEFAULT_PARTITIONS,
        Map.of(
            "retention.ms", Long.toString(retention.toMillis()),
            "max.message.bytes", Integer.toString(maxMessageBytes)));
  }
}
