/** What the command writes on the terminal: styles, tables, progress. */
@NullMarked
package io.millrace.local.terminal;

import org.jspecify.annotations.NullMarked;
