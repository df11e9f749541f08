package io.millrace.jobs.progress;

import java.io.Serializable;

/** Opens the report of one subtask, where the subtask runs. */
public interface ProgressReporting extends Serializable {

  /** Tells nobody. */
  ProgressReporting NONE =
      () ->
          new ProgressReport() {
            @Override
            public void read(int partition, long offset) {}

            @Override
            public void entered() {}

            @Override
            public void left() {}

            @Override
            public void close() {}
          };

  ProgressReport open();
}
