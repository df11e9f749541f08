/** The commands that evaluate versions of a model and replay the log of requests. */
@NullMarked
package io.millrace.local.evaluation;

import org.jspecify.annotations.NullMarked;
