package io.millrace.cache;

import java.time.Duration;

/**
 * What became of asking a bucket.
 *
 * @param granted whether the tokens were there, and are gone now
 * @param left tokens that are in it now
 * @param untilThere when the tokens asked for will be there; zero when they were
 * @param untilFull when it will be full again
 * @param shared whether all processes' bucket answered; false when this process' own did
 */
public record TokensTaken(
    boolean granted, long left, Duration untilThere, Duration untilFull, boolean shared) {}
