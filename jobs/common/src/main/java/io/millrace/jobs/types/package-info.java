/** How elements are handed from operator to operator. */
@NullMarked
package io.millrace.jobs.types;

import org.jspecify.annotations.NullMarked;
