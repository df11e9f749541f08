/**
 * The webhooks job: results in, signed HTTP calls out. {@code event} makes the messages, {@code
 * deliver} is the queue of each endpoint, {@code send} makes single attempts.
 */
package io.millrace.webhooks;
