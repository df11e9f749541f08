package io.millrace.local.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the client needs of a job as the API shows it.
 *
 * @param id the job's id
 * @param status queued, processing, succeeded, failed, cancelled or expired
 * @param outputs of a job that succeeded
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApiJob(String id, String status, @Nullable JsonNode outputs) {

  private static final Set<String> UNFINISHED = Set.of("queued", "processing");

  public boolean finished() {
    return !UNFINISHED.contains(status);
  }

  public boolean hasOutputs() {
    return outputs != null && !outputs.isEmpty();
  }
}
