/** {@code millrace webhooks}: deliveries that were given up, and how they are made again. */
@NullMarked
package io.millrace.local.webhooks;

import org.jspecify.annotations.NullMarked;
