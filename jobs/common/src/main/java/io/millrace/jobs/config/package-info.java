/**
 * The configuration of a job: one tree of records, from YAML and the environment, checked at the
 * start.
 */
package io.millrace.jobs.config;
