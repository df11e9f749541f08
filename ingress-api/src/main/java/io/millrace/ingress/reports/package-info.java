/**
 * What was found out about versions by event-time window: drift, quality and cost, as JSON and CSV.
 * The reports are made by the inference job; here they are read.
 */
package io.millrace.ingress.reports;
