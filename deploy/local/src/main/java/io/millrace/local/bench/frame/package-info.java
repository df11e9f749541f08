/**
 * What all scenarios of the benchmark share: sides that are measured in turn, medians and ranges of
 * their figures, ratios of neighbouring runs, targets.
 */
@NullMarked
package io.millrace.local.bench.frame;

import org.jspecify.annotations.NullMarked;
