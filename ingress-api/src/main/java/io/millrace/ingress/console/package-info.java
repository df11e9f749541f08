/**
 * The console: static files under {@code /console}, which read the API as any other client does.
 */
@NullMarked
package io.millrace.ingress.console;

import org.jspecify.annotations.NullMarked;
