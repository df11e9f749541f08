package io.millrace.inference.metrics;

import java.util.Locale;

/** A part of the way of a request, in the order in which it passes them. */
enum Stage {
  /** From its timestamp in Kafka until the inference step takes it up. */
  QUEUE,
  /** From there until it is queued for a batch: look-up in the cache, tokens. */
  PREPARE,
  /** Until the model call begins. */
  BATCH_WAIT,
  /** The model call. */
  INFER,
  /** From the answer until it leaves the inference step. */
  PUBLISH;

  static final String METRIC = "millrace_inference_stage_seconds";

  /** The value of the label {@code stage}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
