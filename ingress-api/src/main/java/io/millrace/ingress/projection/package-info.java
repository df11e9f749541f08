/**
 * Keeps the read side in Redis at what the topics say: follows them as a consumer group, writes the
 * entries that are missing, and notes beside them how far it is. So an emptied Redis is filled
 * again, and what it does not know is told from what nobody knows.
 */
package io.millrace.ingress.projection;
