/** Distributions and classification metrics in plain Java: no Flink, no input or output. */
package io.millrace.statistics;
