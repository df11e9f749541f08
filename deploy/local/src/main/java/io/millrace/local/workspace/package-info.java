/** Where the command keeps its files. */
@NullMarked
package io.millrace.local.workspace;

import org.jspecify.annotations.NullMarked;
