package io.millrace.jobs.config;

import static io.millrace.jobs.config.Checks.positive;
import static io.millrace.jobs.config.Checks.require;

import java.time.Duration;

/**
 * Checkpoints: results are committed with each.
 *
 * @param interval from the start of one to the start of the next
 * @param timeout after which one is given up
 * @param directory a URI of one of Flink's file systems
 */
public record Checkpoints(Duration interval, Duration timeout, String directory) {
  public Checkpoints {
    require(
        interval.compareTo(Duration.ofMillis(10)) >= 0,
        "checkpoints.interval",
        "at least 10ms",
        interval);
    require(positive(timeout), "checkpoints.timeout", "more than 0", timeout);
    require(!directory.isBlank(), "checkpoints.directory", "a URI", "nothing");
  }
}
