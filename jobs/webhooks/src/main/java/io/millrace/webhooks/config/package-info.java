/** The job's configuration: one tree of records, checked at the start. */
package io.millrace.webhooks.config;
