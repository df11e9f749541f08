/**
 * Distances between two distributions, each as the tool or library that its Javadoc names has it.
 */
package io.millrace.statistics.distance;
