/** Submitting jobs to the log and finding out what became of them. */
package io.millrace.ingress.jobs;
