/** Tests of whether two samples come from one distribution. */
package io.millrace.statistics.hypothesis;
