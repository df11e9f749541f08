/** Spans of jobs and of the model calls that they run in. */
package io.millrace.inference.tracing;
