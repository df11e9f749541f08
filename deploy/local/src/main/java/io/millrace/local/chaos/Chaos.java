package io.millrace.local.chaos;

import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.ProgressBar;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import io.millrace.training.SampleModel;
import io.millrace.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/** Runs scenarios, one after the other, each on a new stack. */
final class Chaos {

  private static final int BAR_WIDTH = 20;

  private final Workspace workspace;
  private final Terminal terminal;
  private final Shutdown shutdown;

  Chaos(Workspace workspace, Terminal terminal, Shutdown shutdown) {
    this.workspace = workspace;
    this.terminal = terminal;
    this.shutdown = shutdown;
  }

  /**
   * Runs them and prints a table for each.
   *
   * @param requests of each; null for its own default
   * @param load how long a load goes on that has a duration
   */
  List<ScenarioReport> run(List<Scenario> scenarios, @Nullable Integer requests, Duration load)
      throws Exception {
    Path temporary = Files.createDirectories(workspace.chaos().resolve("tmp"));
    ProcessSetup.temporaryFilesIn(temporary);
    ProcessSetup.nativeLibrariesIn(workspace.root().resolve("native"));
    installSampleModel();
    List<ScenarioReport> reports = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      terminal.line();
      terminal.line(terminal.styled(Style.BOLD, scenario.name()) + ": " + scenario.about());
      ScenarioReport report =
          run(
              scenario,
              workspace.chaos().resolve(scenario.name()),
              requests == null ? scenario.requests() : requests,
              load);
      report.lines(terminal).forEach(terminal::line);
      reports.add(report);
    }
    return reports;
  }

  private ScenarioReport run(Scenario scenario, Path directory, int requests, Duration load)
      throws Exception {
    FileUtils.deleteDirectory(directory.toFile());
    Files.createDirectories(directory);
    Shutdown parts = shutdown.add(scenario.name(), new Shutdown());
    ScenarioReport report;
    try {
      report =
          scenario.run(
              new ChaosContext(directory, workspace.models(), requests, load, terminal, parts));
    } finally {
      parts.close();
    }
    FileUtils.deleteDirectory(directory.toFile());
    return report;
  }

  private void installSampleModel() throws IOException {
    LiveDisplay display = new LiveDisplay(terminal);
    try {
      var unused =
          SampleModel.install(
              workspace.models(),
              (phase, done, total) ->
                  display.update(
                      "Training the sample model: %s %s"
                          .formatted(
                              phase.name().toLowerCase(Locale.ROOT),
                              ProgressBar.render((double) done / total, BAR_WIDTH))));
    } catch (TrainingException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } finally {
      display.erase();
    }
  }
}
