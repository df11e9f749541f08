package io.millrace.ingress.rollouts;

import io.millrace.ingress.deployments.Deployments;
import io.millrace.ingress.models.DeploymentState;
import io.millrace.ingress.models.ModelEvaluations;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.Violations;
import io.millrace.ingress.rollouts.RolloutRequestReader.Start;
import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.schemas.avro.RolloutPlan;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Starts rollouts: a rollout is a new revision of the deployment, with a candidate and a plan. */
@Singleton
final class RolloutStarts {

  private final Deployments deployments;
  private final ModelEvaluations evaluations;
  private final RolloutRequestReader reader;

  RolloutStarts(
      Deployments deployments, ModelEvaluations evaluations, RolloutRequestReader reader) {
    this.deployments = deployments;
    this.evaluations = evaluations;
    this.reader = reader;
  }

  /**
   * Starts a rollout. Blocks, for a bounded time.
   *
   * @param by who asks for it
   * @throws ProblemException {@code UNKNOWN_MODEL}, {@code STARTING}; those of the reader; {@code
   *     ROLLOUT_RUNNING} while another one goes on; {@code EVALUATION_REQUIRED} when the candidate
   *     has not passed and nothing says why it may start; {@code LOG_UNAVAILABLE}
   */
  DeploymentState start(String model, String by, byte[] body) {
    deployments.get(model);
    Start start = reader.start(model, body);
    return deployments.change(model, by, current -> next(model, start, current));
  }

  private Deployment.Builder next(String model, Start start, Optional<Deployment> current) {
    Deployment deployment = current.orElseThrow(() -> removed());
    if (deployment.getRollout() != null) {
      // The caller refuses it; what is to be said of the candidate is said of another production.
      return Deployment.newBuilder(deployment);
    }
    if (start.candidate().equals(deployment.getVersion())) {
      Violations violations = new Violations();
      violations.add("/candidate", "expected another version than the one in production");
      violations.throwIfAny();
    }
    return Deployment.newBuilder(deployment)
        .setCandidate(new Candidate(start.candidate(), 0.0, 0.0))
        .setRollout(evaluated(model, start, deployment.getVersion()));
  }

  private RolloutPlan evaluated(String model, Start start, String production) {
    Optional<ModelEvaluation> evaluation = evaluations.find(model, start.candidate(), production);
    Optional<String> passed =
        evaluation.filter(ModelEvaluation::getPassed).map(ModelEvaluation::getId);
    if (passed.isEmpty() && start.plan().getEvaluationOverride() == null) {
      throw new ProblemException(
          ProblemType.EVALUATION_REQUIRED,
          "Candidate %s %s; evaluate it, or say in override_evaluation why it may start without."
              .formatted(
                  start.candidate(),
                  evaluation.isPresent()
                      ? "did not pass its last evaluation against " + production
                      : "has not been evaluated against " + production));
    }
    return RolloutPlan.newBuilder(start.plan()).setEvaluationId(passed.orElse(null)).build();
  }

  private static ProblemException removed() {
    return new ProblemException(
        ProblemType.UNKNOWN_MODEL, "No model of this name is deployed; GET /v1/models lists them.");
  }
}
