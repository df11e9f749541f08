/** What answers cost, and what was saved. */
@NullMarked
package io.millrace.inference.cost;

import org.jspecify.annotations.NullMarked;
