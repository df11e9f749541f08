package io.millrace.inference.route;

import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import org.jspecify.annotations.Nullable;

/** Chooses the version that answers a command. */
final class Router {

  private Router() {}

  /**
   * The version that the client asked for, which no other stands in for, or else the one in
   * production with its fallback.
   */
  static RoutedRequest route(InferenceCommand command, Deployment deployment) {
    String pinned = ((Submit) command.getCommand()).getVersion();
    return new RoutedRequest(
        command,
        pinned != null ? pinned : deployment.getVersion(),
        deployment.getCacheTtlSeconds(),
        pinned != null ? null : fallback(deployment),
        deployment.getStaleTtlSeconds());
  }

  private static @Nullable String fallback(Deployment deployment) {
    String fallback = deployment.getFallbackVersion();
    return deployment.getVersion().equals(fallback) ? null : fallback;
  }
}
