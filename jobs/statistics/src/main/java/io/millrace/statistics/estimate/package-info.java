/** Estimates a classifier's quality from its own, calibrated probabilities. */
package io.millrace.statistics.estimate;
