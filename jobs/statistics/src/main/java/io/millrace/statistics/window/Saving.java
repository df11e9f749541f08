package io.millrace.statistics.window;

/**
 * What was not computed, against what it would have cost alone.
 *
 * @param answers that it is known of
 * @param aloneSeconds what these answers would have cost without it
 * @param savedSeconds aloneSeconds less what they did cost; below 0 for a loss
 */
public record Saving(long answers, double aloneSeconds, double savedSeconds) {}
