/**
 * The job's configuration: one tree of records, from YAML and the environment, checked at the
 * start.
 */
package io.millrace.inference.config;
