/** Who is told when: queues, retries and breakers of the endpoints, in keyed state. */
package io.millrace.webhooks.deliver;
