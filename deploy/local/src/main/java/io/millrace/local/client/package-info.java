/** The HTTP API, as clients see it. */
@NullMarked
package io.millrace.local.client;

import org.jspecify.annotations.NullMarked;
