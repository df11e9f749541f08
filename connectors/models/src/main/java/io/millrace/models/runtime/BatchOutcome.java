package io.millrace.models.runtime;

import io.millrace.models.runtime.VersionBreaker.Permit;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom the failures in one batch speak against. If a neighbour was answered, before or after, the
 * items that failed are bad: poison that has been isolated. If nobody was, it is the model. And if
 * an item ran out of memory alone, the calls before that did so because of it, not of their size.
 *
 * <p>Used by one thread at a time.
 */
final class BatchOutcome {

  private boolean answered;
  private int unexplained;
  private boolean tooLargeAlone;
  private final List<Permit> suspects = new ArrayList<>();
  private final List<CallSize> tooLarge = new ArrayList<>();

  /**
   * How large a call was.
   *
   * @param longest tokens of its longest row
   */
  record CallSize(int rows, int longest) {}

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

  /** A call ran out of memory. */
  void ranOutOfMemory(CallSize call, int items) {
    if (items == 1) {
      tooLargeAlone = true;
    } else {
      tooLarge.add(call);
    }
  }

  /** At the end of the batch: the calls that were too large, largest first; each is given once. */
  List<CallSize> tooLarge() {
    List<CallSize> calls = tooLargeAlone ? List.of() : List.copyOf(tooLarge);
    tooLarge.clear();
    return calls;
  }

  /** At the end of the batch: the calls that speak against the model; each is given once. */
  List<Permit> verdict() {
    List<Permit> against = List.copyOf(suspects);
    suspects.clear();
    return against;
  }
}
