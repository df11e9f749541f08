package io.millrace.local.operate;

import io.millrace.local.client.ApiRollout;
import io.millrace.local.client.ApiRollout.Decision;
import io.millrace.local.client.OperatorClient;
import io.millrace.local.client.RequestFailedException;
import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.Terminal;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Shows a rollout as it goes on: each decision in a line, and between them where it is. */
public final class RolloutFollower {

  private static final long POLL_MILLIS = 250;

  private final OperatorClient client;
  private final Terminal terminal;

  public RolloutFollower(OperatorClient client, Terminal terminal) {
    this.client = client;
    this.terminal = terminal;
  }

  /**
   * Follows the rollout of a revision to its end, or until there is another revision.
   *
   * @return how it was seen last
   */
  public ApiRollout follow(String model, ApiRollout from) throws InterruptedException {
    LiveDisplay display = new LiveDisplay(terminal);
    ApiRollout seen = from;
    long shown = 0;
    try {
      while (true) {
        shown = show(seen, shown, display);
        if (seen.ended() || seen.plan() == null) {
          return seen;
        }
        display.update(RolloutView.now(seen));
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        ApiRollout next = read(model, seen);
        if (next.revision() != from.revision()) {
          return seen;
        }
        seen = next;
      }
    } finally {
      display.erase();
    }
  }

  /** The API may be away for a moment. */
  private ApiRollout read(String model, ApiRollout seen) throws InterruptedException {
    try {
      return client.rollout(model);
    } catch (RequestFailedException e) {
      if (e.status() != 0 && e.status() < 500) {
        throw e;
      }
      return seen;
    }
  }

  private long show(ApiRollout rollout, long shown, LiveDisplay display) {
    List<Decision> decisions = rollout.ofThisRevision();
    long last = shown;
    for (int i = decisions.size() - 1; i >= 0; i--) {
      Decision decision = decisions.get(i);
      if (decision.sequence() > last) {
        display.finish(RolloutView.decision(decision, terminal));
        last = decision.sequence();
      }
    }
    return last;
  }
}
