package io.millrace.local.stack;

/** Submits the inference job, restored from its newest checkpoint. */
final class InferenceJobStart {

  private InferenceJobStart() {}

  static FlinkJob submit(FlinkCluster cluster, JobSettings settings) {
    throw new UnsupportedOperationException("" + cluster + settings);
  }
}
