/**
 * A time range of the log of requests, asked again of another version and held against what
 * production answered. Reads topics, writes none.
 */
package io.millrace.evaluation.replay;
