/**
 * The HTTP API: takes jobs in over HTTP, writes them to Kafka, and answers with what the read side
 * knows of them. This package starts and wires the server; {@code protocol} reads and writes the
 * Open Inference Protocol's JSON, {@code jobs} submits and finds jobs, {@code models} knows what is
 * deployed, {@code v2} and {@code openai} answer with results on the surfaces that other people's
 * clients know, {@code problem} is the one place where errors become responses, {@code operations}
 * serves health, metrics and the API's description.
 */
package io.millrace.ingress;
