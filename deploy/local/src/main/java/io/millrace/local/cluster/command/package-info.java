/** The commands {@code millrace cluster ...}. */
@NullMarked
package io.millrace.local.cluster.command;

import org.jspecify.annotations.NullMarked;
