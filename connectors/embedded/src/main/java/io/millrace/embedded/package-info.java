/**
 * The servers that Millrace needs, real ones, for the local stack and for tests: a Kafka broker in
 * this process and a redis-server as a child process. Both listen on the loopback interface only,
 * keep their data in a directory and can be started on it again.
 */
@NullMarked
package io.millrace.embedded;

import org.jspecify.annotations.NullMarked;
