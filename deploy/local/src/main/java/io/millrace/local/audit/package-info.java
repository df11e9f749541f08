/** What was committed, and what it says. */
@NullMarked
package io.millrace.local.audit;

import org.jspecify.annotations.NullMarked;
