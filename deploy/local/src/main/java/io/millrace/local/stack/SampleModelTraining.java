package io.millrace.local.stack;

import java.nio.file.Path;

/** Trains the sample model on first use. */
final class SampleModelTraining {

  private SampleModelTraining() {}

  static void ensure(Path repository, StartListener listener) {
    throw new UnsupportedOperationException("" + repository + listener);
  }
}
