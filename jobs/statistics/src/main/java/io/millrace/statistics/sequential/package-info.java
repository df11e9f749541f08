/** Compares shares of bad events while they are still being counted, however often looked at. */
package io.millrace.statistics.sequential;
