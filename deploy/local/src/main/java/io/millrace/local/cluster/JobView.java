package io.millrace.local.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A job as {@code cluster status} shows it.
 *
 * @param name the pipeline's
 * @param state as Flink names it
 * @param running whether every subtask runs
 * @param parallelism the highest of its vertices
 * @param checkpoint the number of the last completed one; null for none since the JobManager took
 *     the job over
 * @param checkpointAge seconds since it was complete; null likewise
 * @param failures how often it was started again since then, those that Flink remembers
 */
public record JobView(
    String name,
    String state,
    boolean running,
    int parallelism,
    @Nullable Long checkpoint,
    @Nullable Double checkpointAge,
    int failures) {}
