/** From records to values of their contract; what cannot be understood becomes a dead letter. */
package io.millrace.jobs.decode;
