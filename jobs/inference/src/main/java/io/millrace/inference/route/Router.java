package io.millrace.inference.route;

import io.millrace.inference.rollout.Arm;
import io.millrace.inference.traffic.Serving;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Traffic;
import java.util.List;
import java.util.Objects;

/** Chooses the version that answers a command, and who stands in for it. */
final class Router {

  private Router() {}

  /**
   * The request, and after it the copy that the candidate answers unseen, if there is one.
   *
   * <ul>
   *   <li>A version that the client asked for has no stand-in and takes no part in a rollout.
   *   <li>The candidate gets its share of the rest, by a hash of the request's affinity or else its
   *       job id; the version in production and then its fallback stand in for it.
   *   <li>Of those that are left to production the candidate gets its shadow share as copies.
   * </ul>
   */
  static List<RoutedRequest> route(InferenceCommand command, Serving serving) {
    Submit submit = (Submit) command.getCommand();
    Deployment deployment = serving.deployment();
    String pinned = submit.getVersion();
    if (pinned != null) {
      return List.of(
          RoutedRequest.of(
                  command,
                  pinned,
                  deployment.getCacheTtlSeconds(),
                  null,
                  deployment.getStaleTtlSeconds())
              .at(deployment.getPricePerHour()));
    }
    Traffic traffic = serving.traffic();
    RoutedRequest production =
        RoutedRequest.of(
                command,
                traffic.getVersion(),
                deployment.getCacheTtlSeconds(),
                serving.fallback(),
                deployment.getStaleTtlSeconds())
            .at(deployment.getPricePerHour());
    String candidate = traffic.getCandidate();
    if (candidate == null) {
      return List.of(production);
    }
    String key = Objects.requireNonNullElse(submit.getAffinity(), command.getJobId());
    String model = command.getModel();
    if (StickySplit.CANARY.holds(model, candidate, key, traffic.getWeight())) {
      return List.of(production.answeredBy(candidate, serving.revision()));
    }
    RoutedRequest observed = production.observed(Arm.PRODUCTION, serving.revision());
    return StickySplit.SHADOW.holds(model, candidate, key, traffic.getShadowShare())
        ? List.of(observed, production.shadowedBy(candidate, serving.revision()))
        : List.of(observed);
  }
}
