/**
 * How clients of Kafka prove who they are, and what each part of Millrace may do there. Knows plain
 * Kafka clients alone.
 */
@NullMarked
package io.millrace.security;

import org.jspecify.annotations.NullMarked;
