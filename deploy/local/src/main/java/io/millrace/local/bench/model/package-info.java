/** Scenarios of the model and its runtime alone: no Kafka, no Flink. */
@NullMarked
package io.millrace.local.bench.model;

import org.jspecify.annotations.NullMarked;
