package io.millrace.local.stack;

import io.millrace.schemas.avro.Deployment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment says besides its version.
 *
 * @param fallbackVersion answers when the version cannot; null for none
 * @param cacheTtl how long an answer may be given again
 */
public record DeploymentTerms(@Nullable String fallbackVersion, Duration cacheTtl) {

  Deployment.Builder apply(Deployment.Builder deployment) {
    return deployment.setFallbackVersion(fallbackVersion).setCacheTtlSeconds(cacheTtl.toSeconds());
  }
}
