/** The trace that each request belongs to, and the spans of accepting jobs. */
package io.millrace.ingress.tracing;
