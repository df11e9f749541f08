/** What the steps of a job tell of the records that they have in flight. */
@NullMarked
package io.millrace.jobs.progress;

import org.jspecify.annotations.NullMarked;
