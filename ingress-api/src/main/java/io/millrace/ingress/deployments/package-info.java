/** What operators ask of the deployment of a model: reading and changing it. */
package io.millrace.ingress.deployments;
