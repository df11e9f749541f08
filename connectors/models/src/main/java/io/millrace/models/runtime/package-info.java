/**
 * Runs items of many callers on loaded models, in batches.
 *
 * <p>The way of an item: {@code BatchingModelRuntime} loads its version once ({@code
 * VersionLoader}, {@code LoadAttempt}); {@code LoadedVersion} prepares it on the caller's thread;
 * {@code BatchQueue} holds it in the windows of {@code BatchWindows}, one {@code ClassWindows} a
 * priority, which say what a free worker takes; a thread of {@code WorkerPool} lets {@code
 * BatchExecutor} run the batch and split one that fails; {@code CallWatchdog} stops a call that
 * takes too long. The answer completes the item's future on the worker's thread.
 *
 * <p>What the executor learns changes what comes next: {@code BatchLimit} makes batches smaller
 * after a call that ran out of memory; {@code BatchOutcome} tells bad items from a bad model;
 * {@code VersionBreaker} keeps items from a version that fails.
 */
package io.millrace.models.runtime;
