/** Rollouts: where they are and why, and what operators ask of them. */
package io.millrace.ingress.rollouts;
