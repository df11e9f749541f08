package io.millrace.inference.rollout;

import org.jspecify.annotations.Nullable;

/**
 * Whether a subtask's process has what a revision of a deployment wants loaded and warm.
 *
 * @param revision of the deployment
 * @param subtask index of the subtask that tells
 * @param subtasks how many there are
 * @param failure which version cannot be loaded; null when all are
 */
public record VersionReadiness(
    String model, long revision, int subtask, int subtasks, @Nullable String failure) {}
