/** Flink sources and sinks for the contracts of Millrace, and the creation of their topics. */
package io.millrace.kafka;
