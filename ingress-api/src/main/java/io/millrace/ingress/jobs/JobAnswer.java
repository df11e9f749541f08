package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a job when its client is answered.
 *
 * @param waited the wait that was honoured; empty when there was none
 */
record JobAnswer(JobEntry job, Optional<Duration> waited) {

  static JobAnswer of(JobEntry job, JobWaits.@Nullable JobWait wait) {
    return new JobAnswer(job, Optional.ofNullable(wait).map(JobWaits.JobWait::limit));
  }
}
