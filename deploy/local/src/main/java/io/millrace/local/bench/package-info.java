/** Measures pairs of settings in turn: only ratios of one run mean anything. */
@NullMarked
package io.millrace.local.bench;

import org.jspecify.annotations.NullMarked;
