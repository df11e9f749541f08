/** {@code millrace up}: broker, Redis, Flink and the API in one JVM over one data directory. */
@NullMarked
package io.millrace.local.stack;

import org.jspecify.annotations.NullMarked;
