/** Spans of OpenTelemetry: who records them and where they go. */
package io.millrace.tracing;
