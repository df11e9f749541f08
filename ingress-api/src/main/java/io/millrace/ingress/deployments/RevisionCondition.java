package io.millrace.ingress.deployments;

import io.micronaut.http.HttpHeaders;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which deployment a change is of (RFC 9110, section 13.1).
 *
 * @param revision the one that it replaces; 0 when there is to be none
 */
record RevisionCondition(long revision) {

  private static final Pattern ENTITY_TAG = Pattern.compile("\"([1-9]\\d{0,17})\"");

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
      Matcher tag = ENTITY_TAG.matcher(match.get(0).strip());
      if (tag.matches()) {
        return new RevisionCondition(Long.parseLong(tag.group(1)));
      }
    }
    if (match.isEmpty() && noneMatch.size() == 1 && noneMatch.get(0).strip().equals("*")) {
      return new RevisionCondition(0);
    }
    throw new ProblemException(
        ProblemType.BAD_REQUEST,
        "Expected either If-Match with one ETag such as \"3\", or If-None-Match: *.");
  }

  /**
   * Checks that it holds.
   *
   * @param current the revision that there is; 0 for none
   * @throws ProblemException {@code REVISION_MISMATCH} when it does not
   */
  void check(long current) {
    if (current == revision) {
      return;
    }
    throw new ProblemException(
        ProblemType.REVISION_MISMATCH,
        current == 0
            ? "The model is not deployed; If-None-Match: * asks for its first deployment."
            : "The deployment is at revision %d; read it, and change that one.".formatted(current));
  }
}
