package io.millrace.inference.route;

import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;

/** Chooses the version that answers a command. */
final class Router {

  private Router() {}

  /** The version that the client asked for, or else the one in production. */
  static RoutedRequest route(InferenceCommand command, Deployment deployment) {
    String pinned = ((Submit) command.getCommand()).getVersion();
    return new RoutedRequest(
        command,
        pinned != null ? pinned : deployment.getVersion(),
        deployment.getCacheTtlSeconds());
  }
}
