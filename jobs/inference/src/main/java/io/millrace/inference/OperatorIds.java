package io.millrace.inference;

/** Uids of the operators. State is found again by them: none may ever change. */
final class OperatorIds {

  static final String REQUESTS = "requests";
  static final String DEPLOYMENTS = "deployments";
  static final String DECISIONS = "rollout-decisions";
  static final String COMMANDS = "rollout-commands";
  static final String FEEDBACK = "feedback";
  static final String BEATS = "beats";
  static final String DECODE_REQUESTS = "decode-requests";
  static final String DECODE_DEPLOYMENTS = "decode-deployments";
  static final String DECODE_DECISIONS = "decode-rollout-decisions";
  static final String DECODE_COMMANDS = "decode-rollout-commands";
  static final String DECODE_FEEDBACK = "decode-feedback";
  static final String ASKED = "asked";
  static final String DECIDED = "decided";
  static final String BEAT = "beat";
  static final String DEDUPLICATE = "deduplicate";
  static final String ROUTE = "route";
  static final String TIMELESS = "without-event-time";
  static final String INFER = "infer";
  static final String PUBLISH = "publish";
  static final String RESULTS = "results";
  static final String JOB_STORE = "job-store";
  static final String PROPOSED = "rollout-proposals";
  static final String ROLLOUT_STATUS = "rollout-status";
  static final String DEAD_LETTERS = "dead-letters";
  static final String DRIFT_REPORTS = "drift-reports";
  static final String QUALITY_REPORTS = "quality-reports";
  static final String COST_REPORTS = "cost-reports";

  private OperatorIds() {}
}
