/** Asking versions of a classifier the same questions, inside a Flink job. */
package io.millrace.evaluation.ask;
