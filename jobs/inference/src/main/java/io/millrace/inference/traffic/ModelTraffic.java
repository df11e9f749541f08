package io.millrace.inference.traffic;

import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The deployments of a model and the decisions on them, as far as they matter. Both come from logs
 * of their own; each log is read in its order, the two in any. What follows is the same.
 *
 * <p>The first record of a revision counts, and the first of a revision and sequence. A decision
 * never changes what another revision asked for; one that comes before its deployment waits.
 *
 * @param settled what the revisions led to that are no longer looked at; null for nothing
 * @param revisions the others, in their order; few
 */
public record ModelTraffic(@Nullable Serving settled, List<Revision> revisions) {

  /** Nothing known. */
  public static final ModelTraffic NONE = new ModelTraffic(null, List.of());

  /**
   * Revisions that are looked at. Only decisions on one that is this many changes old could still
   * be missed, and by then nobody makes any.
   */
  private static final int MAX_REVISIONS = 8;

  public ModelTraffic {
    revisions = List.copyOf(revisions);
  }

  /** With a deployment, unless it or a later one is known. */
  public ModelTraffic with(Deployment deployment) {
    return deployment.getRevision() <= newestDeployment()
        ? this
        : changed(deployment.getRevision(), revision -> revision.with(deployment));
  }

  /** With a decision, unless it or a later one on the revision is known, or it is too late. */
  public ModelTraffic with(RolloutDecision decision) {
    return decision.getRevision() < oldestRevision()
        ? this
        : changed(decision.getRevision(), revision -> revision.with(decision));
  }

  /** What requests get; null while nothing is deployed. */
  public @Nullable Serving serving() {
    Serving serving = settled;
    for (Revision revision : revisions) {
      serving = revision.after(serving);
    }
    return serving;
  }

  private long newestDeployment() {
    long newest = settled == null ? 0 : settled.revision();
    for (Revision revision : revisions) {
      if (revision.deployment() != null) {
        newest = revision.number();
      }
    }
    return newest;
  }

  /** Before which nothing matters. */
  private long oldestRevision() {
    if (settled != null) {
      return settled.revision() + 1;
    }
    return revisions.stream()
        .filter(Revision::standsAlone)
        .mapToLong(Revision::number)
        .findFirst()
        .orElse(Long.MIN_VALUE);
  }

  private ModelTraffic changed(long number, UnaryOperator<Revision> change) {
    List<Revision> next = new ArrayList<>(revisions);
    int at = 0;
    while (at < next.size() && next.get(at).number() < number) {
      at++;
    }
    if (at == next.size() || next.get(at).number() != number) {
      next.add(at, new Revision(number, null, null));
    }
    Revision before = next.get(at);
    Revision after = change.apply(before);
    if (after.equals(before)) {
      return this;
    }
    next.set(at, after);
    return trimmed(next);
  }

  private ModelTraffic trimmed(List<Revision> all) {
    int first = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).standsAlone()) {
        first = i;
      }
    }
    Serving before = all.get(first).standsAlone() ? null : settled;
    for (; all.size() - first > MAX_REVISIONS; first++) {
      before = all.get(first).after(before);
    }
    return new ModelTraffic(before, all.subList(first, all.size()));
  }
}
