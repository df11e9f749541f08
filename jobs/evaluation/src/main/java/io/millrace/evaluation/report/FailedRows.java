package io.millrace.evaluation.report;

import org.jspecify.annotations.Nullable;

/**
 * Rows that are in no figure, since a version gave no answer to them.
 *
 * @param production rows that production failed on; likewise candidate
 * @param example why the first one failed; null without failures
 */
public record FailedRows(int production, int candidate, @Nullable String example) {}
