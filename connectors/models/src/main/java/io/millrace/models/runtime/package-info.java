/**
 * Runs items of many callers on loaded models, in batches.
 *
 * <p>The way of an item: {@code BatchingModelRuntime} loads its version once ({@code
 * VersionLoader}, {@code LoadAttempt}); {@code LoadedVersion} prepares it on the caller's thread;
 * {@code BatchQueue} holds it in the windows of {@code BatchWindows}, which say what a free worker
 * takes; a thread of {@code WorkerPool} lets {@code BatchExecutor} run the batch and split one that
 * fails; {@code CallWatchdog} stops a call that takes too long. The answer completes the item's
 * future on the worker's thread.
 */
package io.millrace.models.runtime;
