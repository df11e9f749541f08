/** Scenarios of the job: topics that are drained or filled while somebody waits. */
@NullMarked
package io.millrace.local.bench.stream;

import org.jspecify.annotations.NullMarked;
