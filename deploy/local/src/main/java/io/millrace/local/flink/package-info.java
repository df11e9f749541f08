/** Flink's REST API, as far as a local cluster needs it. */
@NullMarked
package io.millrace.local.flink;

import org.jspecify.annotations.NullMarked;
