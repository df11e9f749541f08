/** {@code millrace keys}: makes, lists and revokes API keys. */
@NullMarked
package io.millrace.local.keys;

import org.jspecify.annotations.NullMarked;
