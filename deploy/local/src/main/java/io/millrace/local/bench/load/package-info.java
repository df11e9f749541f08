/** Load: texts, when they arrive, how often they repeat, and what their answers took. */
@NullMarked
package io.millrace.local.bench.load;

import org.jspecify.annotations.NullMarked;
