/** {@code millrace dead-letters}: what the job could not understand, and how it gets back. */
@NullMarked
package io.millrace.local.deadletters;

import org.jspecify.annotations.NullMarked;
