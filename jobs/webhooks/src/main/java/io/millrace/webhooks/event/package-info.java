/** What receivers are told: from a job's result to a delivery. */
package io.millrace.webhooks.event;
