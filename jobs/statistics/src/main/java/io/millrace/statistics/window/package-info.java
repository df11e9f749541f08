/**
 * What one event-time window held, in a bounded number of bytes that parts of it are merged into,
 * and what it says of drift, quality and cost.
 */
package io.millrace.statistics.window;
