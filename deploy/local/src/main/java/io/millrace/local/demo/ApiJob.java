package io.millrace.local.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Set;

/**
 * What the client needs of a job as the API shows it.
 *
 * @param id the job's id
 * @param status queued, processing, succeeded, failed, cancelled or expired
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ApiJob(String id, String status) {

  private static final Set<String> UNFINISHED = Set.of("queued", "processing");

  boolean finished() {
    return !UNFINISHED.contains(status);
  }
}
