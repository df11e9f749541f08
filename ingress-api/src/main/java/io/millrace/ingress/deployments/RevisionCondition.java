package io.millrace.ingress.deployments;

import io.micronaut.http.HttpHeaders;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which deployment a change is of (RFC 9110, section 13.1).
 *
 * @param tag of the one that it replaces; null when there is to be none
 */
record RevisionCondition(@Nullable DeploymentTag tag) {

  /**
   * Reads {@code If-Match} with a revision, or {@code If-None-Match: *}.
   *
   * @throws ProblemException {@code PRECONDITION_REQUIRED} when there is neither; {@code
   *     BAD_REQUEST} when they say something else
   */
  static RevisionCondition of(HttpHeaders headers) {
    List<String> match = headers.getAll(HttpHeaders.IF_MATCH);
    List<String> noneMatch = headers.getAll(HttpHeaders.IF_NONE_MATCH);
    if (match.isEmpty() && noneMatch.isEmpty()) {
      throw new ProblemException(
          ProblemType.PRECONDITION_REQUIRED,
          "Expected If-Match with the ETag of the deployment that this replaces, or"
              + " If-None-Match: * for the first deployment of a model.");
    }
    if (match.size() == 1 && noneMatch.isEmpty()) {
      Optional<DeploymentTag> tag = DeploymentTag.parse(match.get(0).strip());
      if (tag.isPresent()) {
        return new RevisionCondition(tag.get());
      }
    }
    if (match.isEmpty() && noneMatch.size() == 1 && noneMatch.get(0).strip().equals("*")) {
      return new RevisionCondition(null);
    }
    throw new ProblemException(
        ProblemType.BAD_REQUEST,
        "Expected either If-Match with one ETag such as \"3\", or If-None-Match: *.");
  }

  /**
   * Checks that it holds.
   *
   * @param current the tag of the deployment that there is; empty for none
   * @throws ProblemException {@code REVISION_MISMATCH} when it does not
   */
  void check(Optional<DeploymentTag> current) {
    if (current.equals(Optional.ofNullable(tag))) {
      return;
    }
    throw new ProblemException(
        ProblemType.REVISION_MISMATCH,
        current
            .map(there -> "The deployment is at %s; read it, and change that one.".formatted(there))
            .orElse("The model is not deployed; If-None-Match: * asks for its first deployment."));
  }
}
