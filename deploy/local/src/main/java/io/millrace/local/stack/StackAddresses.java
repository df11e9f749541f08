package io.millrace.local.stack;

import java.net.URI;

/**
 * Where a running stack listens; everything on the loopback interface.
 *
 * @param api the HTTP API
 * @param flinkUi Flink's web UI
 * @param flinkMetrics Flink's metrics in the Prometheus text format
 * @param kafka bootstrap servers
 * @param redis {@code redis://host:port}
 */
public record StackAddresses(URI api, URI flinkUi, URI flinkMetrics, String kafka, String redis) {}
