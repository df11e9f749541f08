package io.millrace.statistics.window;

/**
 * One class among the labelled answers: precision is hits / predicted, recall hits / support.
 *
 * @param support answers whose right label it is
 * @param predicted answers that gave it
 * @param hits answers that are both
 */
public record ClassQuality(String label, long support, long predicted, long hits) {}
