/** One attempt: which address, which signature, what came of it. Knows nothing of Flink. */
package io.millrace.webhooks.send;
