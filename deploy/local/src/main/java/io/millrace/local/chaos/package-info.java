/** {@code millrace chaos}: the real stack under load, and what goes wrong with it on purpose. */
@NullMarked
package io.millrace.local.chaos;

import org.jspecify.annotations.NullMarked;
