package io.millrace.inference.label;

import java.util.List;

/**
 * An answer that waits for its label.
 *
 * @param segments of the request, each {@code <dimension>=<value>}
 * @param label that the classifier said
 * @param confidence of it, 0 to 1
 * @param time of the request: its windows are those of this time. Milliseconds since the epoch
 * @param answeredAt milliseconds since the epoch
 */
public record Answered(
    String jobId,
    String model,
    String version,
    List<String> segments,
    String label,
    double confidence,
    long time,
    long answeredAt) {}
