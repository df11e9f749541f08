/** How far the job is, for those who decide what more to let in. */
@NullMarked
package io.millrace.inference.progress;

import org.jspecify.annotations.NullMarked;
