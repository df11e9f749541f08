/** Comparing two versions of a classifier on the same rows, and two samples of answers. */
package io.millrace.statistics.evaluation;
