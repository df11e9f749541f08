package io.millrace.local.stack;

import java.nio.file.Path;

/**
 * What the inference job needs to know of this stack.
 *
 * @param kafka bootstrap servers
 * @param redis {@code redis://host:port}
 * @param repository where the model packages are
 * @param checkpoints where checkpoints go
 */
record JobSettings(String kafka, String redis, Path repository, Path checkpoints) {

  /** Subtasks of an operator: batches form across them, so more would not fill them better. */
  static final int SLOTS = 2;
}
