/** Lets each job pass once. */
package io.millrace.inference.deduplicate;
