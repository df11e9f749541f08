/** Benchmarks of the batch windows, where they can be seen. */
@NullMarked
package io.millrace.models.runtime;

import org.jspecify.annotations.NullMarked;
