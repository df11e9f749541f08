/** Benchmarks of single steps of the hot path. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
