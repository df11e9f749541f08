/**
 * What the job measures of its requests: counts and histograms in plain Java, and the few lines
 * that show them as Flink's metrics. {@code docs/metrics.md} lists them all.
 */
@NullMarked
package io.millrace.inference.metrics;

import org.jspecify.annotations.NullMarked;
