/** Writes to the read side. */
package io.millrace.jobs.publish;
