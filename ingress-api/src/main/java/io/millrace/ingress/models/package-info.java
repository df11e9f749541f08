/** What is deployed and registered, as the compacted topics of models say. */
package io.millrace.ingress.models;
