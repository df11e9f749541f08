/**
 * Refuses jobs while the queue is full. {@link io.millrace.ingress.backpressure.QueueMeter}
 * measures the queue, {@link io.millrace.ingress.backpressure.QueueDepth} holds submissions against
 * it; the rest is what these two need.
 */
@NullMarked
package io.millrace.ingress.backpressure;

import org.jspecify.annotations.NullMarked;
