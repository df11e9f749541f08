package io.millrace.local.demo;

import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.ProgressBar;
import io.millrace.local.terminal.Terminal;
import io.millrace.models.ModelVersion;
import io.millrace.training.SampleModel;
import io.millrace.training.TrainingException;
import io.millrace.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The versions of the sample model that the demos move.
 *
 * @param repository where they are, and nothing else
 * @param production in 32-bit floats
 * @param good the same in 8-bit integers
 * @param bad trained on shuffled labels
 */
record DemoVersions(Path repository, ModelVersion production, ModelVersion good, ModelVersion bad) {

  private static final ModelVersion SHUFFLED =
      new ModelVersion(SampleModel.VERSION.model(), "1.2.0");

  private static final int BAR_WIDTH = 20;

  /** Trains what is missing. */
  static DemoVersions install(Path repository, Terminal terminal)
      throws TrainingException, IOException {
    LiveDisplay display = new LiveDisplay(terminal);
    try {
      var unused = SampleModel.install(repository, progress(display, SampleModel.VERSION));
      unused = SampleModel.installQuantised(repository, progress(display, SampleModel.QUANTISED));
      unused = SampleModel.installShuffled(repository, SHUFFLED, progress(display, SHUFFLED));
    } finally {
      display.erase();
    }
    return new DemoVersions(repository, SampleModel.VERSION, SampleModel.QUANTISED, SHUFFLED);
  }

  private static TrainingProgress progress(LiveDisplay display, ModelVersion version) {
    return (phase, done, total) ->
        display.update(
            "%s  training %s: %s"
                .formatted(
                    ProgressBar.render((double) done / total, BAR_WIDTH),
                    version,
                    phase.name().toLowerCase(Locale.ROOT)));
  }
}
