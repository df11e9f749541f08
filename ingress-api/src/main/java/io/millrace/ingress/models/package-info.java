/** What is deployed, as the compacted topic {@code model.deployments} says. */
package io.millrace.ingress.models;
