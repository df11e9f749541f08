/**
 * Model packages and the runtime that runs them. Knows nothing of Flink: on a cluster it lives in
 * Flink's {@code lib/}, once a task manager.
 *
 * <p>Here: what the other packages agree on. {@code packages} reads and verifies model packages,
 * {@code onnx} runs them on ONNX Runtime through DJL, {@code runtime} batches items and runs
 * batches in bounded worker pools.
 */
package io.millrace.models;
