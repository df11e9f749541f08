package io.millrace.models.runtime;

import io.millrace.models.runtime.VersionBreaker.Permit;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom the failures in one batch speak against. If a neighbour was answered, before or after, the
 * items that failed are bad: poison that has been isolated. If nobody was, it is the model.
 *
 * <p>Used by one thread at a time.
 */
final class BatchOutcome {

  private boolean answered;
  private int unexplained;
  private final List<Permit> suspects = new ArrayList<>();

  /** An item was answered: how many that failed before it are isolated by that. */
  int answered() {
    int isolated = unexplained;
    answered = true;
    unexplained = 0;
    suspects.clear();
    return isolated;
  }

  /** An item failed for good: whether it is known to be isolated. */
  boolean failed() {
    if (!answered) {
      unexplained++;
    }
    return answered;
  }

  /** A call failed in a way that speaks against the model unless an item is, or was, answered. */
  void suspect(Permit permit) {
    if (!answered) {
      suspects.add(permit);
    }
  }

  /** At the end of the batch: the calls that speak against the model; each is given once. */
  List<Permit> verdict() {
    List<Permit> against = List.copyOf(suspects);
    suspects.clear();
    return against;
  }
}
