package io.millrace.webhooks;

/** Uids of the operators. State is found again by them: none may ever change. */
final class OperatorIds {

  static final String RESULTS = "results";
  static final String REPLAYS = "replays";
  static final String DECODE_RESULTS = "decode-results";
  static final String DECODE_REPLAYS = "decode-replays";
  static final String DELIVERIES = "deliveries";
  static final String DELIVER = "deliver";
  static final String STATUS = "status";
  static final String WEBHOOK_DEAD_LETTERS = "webhook-dead-letters";
  static final String DEAD_LETTERS = "dead-letters";

  private OperatorIds() {}
}
