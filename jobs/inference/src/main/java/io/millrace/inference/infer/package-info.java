/**
 * Answers requests: result cache, single flight, model runtime. {@link
 * io.millrace.inference.infer.InferenceService} knows nothing of Flink.
 */
package io.millrace.inference.infer;
