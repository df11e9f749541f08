package io.millrace.local.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Set;

/**
 * What the client needs of a job as the API shows it.
 *
 * @param id the job's id
 * @param status queued, processing, succeeded, failed, cancelled or expired
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApiJob(String id, String status) {

  private static final Set<String> UNFINISHED = Set.of("queued", "processing");

  public boolean finished() {
    return !UNFINISHED.contains(status);
  }
}
