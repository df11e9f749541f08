/** Moves traffic from one version to another, by evidence. */
package io.millrace.inference.rollout;
