/**
 * Bounded jobs that measure a model version against another: on labelled rows, and on the log of
 * requests.
 */
package io.millrace.evaluation;
