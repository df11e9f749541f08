package io.millrace.ingress.deployments;

import io.millrace.schemas.EffectiveDeployment;
import io.millrace.schemas.avro.RolloutDecision;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entity tag of a deployment: its revision, and behind a point the decision that has changed
 * it. Who read it before a promotion so does not undo that one unseen.
 *
 * @param revision 1 or more
 * @param sequence of the decision that ended the revision's rollout; 0 for none
 */
record DeploymentTag(long revision, long sequence) {

  private static final Pattern FORM =
      Pattern.compile("\"([1-9]\\d{0,17})(?:\\.([1-9]\\d{0,17}))?\"");

  /**
   * The tag of a revision.
   *
   * @param decision the last one of it
   */
  static DeploymentTag of(long revision, Optional<RolloutDecision> decision) {
    return new DeploymentTag(
        revision,
        decision
            .filter(last -> EffectiveDeployment.isEnd(last.getPhase()))
            .map(RolloutDecision::getSequence)
            .orElse(0L));
  }

  /** Reads a tag in its quotes; empty when it is none. */
  static Optional<DeploymentTag> parse(String header) {
    Matcher matcher = FORM.matcher(header);
    return matcher.matches()
        ? Optional.of(
            new DeploymentTag(
                Long.parseLong(matcher.group(1)),
                matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** As headers have it, in quotes. */
  String header() {
    return "\"" + text() + "\"";
  }

  private String text() {
    return sequence == 0 ? Long.toString(revision) : revision + "." + sequence;
  }

  /** For people. */
  @Override
  public String toString() {
    return "revision " + text();
  }
}
