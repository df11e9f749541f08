/** A Prometheus reporter for Flink that keeps to the loopback interface. */
package org.apache.flink.metrics.prometheus;
