package io.millrace.local.chaos;

import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a scenario runs with.
 *
 * @param directory its own, empty
 * @param samples the model repository that has the sample model
 * @param requests how many to send
 * @param load how long a load goes on that has a duration and not a number of requests
 * @param shutdown closes what is added when the scenario ends, and when the process does
 */
record ChaosContext(
    Path directory,
    Path samples,
    int requests,
    Duration load,
    Terminal terminal,
    Shutdown shutdown) {

  static final long SEED = 1;
}
