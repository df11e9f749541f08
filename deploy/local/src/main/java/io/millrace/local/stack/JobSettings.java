package io.millrace.local.stack;

import java.nio.file.Path;

/**
 * What a job needs to know of this stack.
 *
 * @param kafka bootstrap servers
 * @param redis {@code redis://host:port}
 * @param repository where the model packages are
 * @param checkpoints where the checkpoints of this job go
 * @param parallelism subtasks of an operator of the inference job
 */
record JobSettings(String kafka, String redis, Path repository, Path checkpoints, int parallelism) {

  /**
   * Subtasks of an operator of the inference job: batches form across them, so more would not fill
   * them better.
   */
  static final int INFERENCE_SLOTS = 2;

  /** Subtasks of the webhooks job, which waits most of the time. */
  static final int WEBHOOKS_SLOTS = 1;

  static final int SLOTS = INFERENCE_SLOTS + WEBHOOKS_SLOTS;
}
