/** Scenarios of the HTTP API, against a synchronous server and against a bare producer. */
@NullMarked
package io.millrace.local.bench.http;

import org.jspecify.annotations.NullMarked;
