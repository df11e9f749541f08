/**
 * {@code millrace cluster upgrade}: another version of a job takes over with the state of the old
 * one.
 */
@NullMarked
package io.millrace.local.cluster.upgrade;

import org.jspecify.annotations.NullMarked;
