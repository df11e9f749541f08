/**
 * The read side in Redis: job status and results by job id, answers by content, notifications of
 * finished jobs. Redis is never the truth: everything here can be lost and comes again from the
 * topics. Knows nothing of Flink.
 */
@NullMarked
package io.millrace.cache;

import org.jspecify.annotations.NullMarked;
