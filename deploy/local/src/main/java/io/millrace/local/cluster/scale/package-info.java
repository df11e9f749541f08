/**
 * Rescales the inference job of a local cluster with its queue. For local use: on Kubernetes the
 * Flink Kubernetes Operator's autoscaler does it.
 */
@NullMarked
package io.millrace.local.cluster.scale;

import org.jspecify.annotations.NullMarked;
