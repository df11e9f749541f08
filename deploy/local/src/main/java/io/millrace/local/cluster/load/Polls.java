package io.millrace.local.cluster.load;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whether polls were answered, by the time at which they were sent. Safe for use by several
 * threads.
 */
public final class Polls {

  private final List<Poll> polls = new ArrayList<>();

  private record Poll(long sent, long answered, boolean good) {}

  /**
   * A poll has ended.
   *
   * @param sent nanoseconds, like answered
   * @param good whether it showed the job
   */
  public synchronized void add(long sent, long answered, boolean good) {
    polls.add(new Poll(sent, answered, good));
  }

  /**
   * When polls were answered again after an outage: the answer of the first good poll that was sent
   * after the last failed one. Only polls sent between two times count.
   *
   * @return the beginning when none failed; empty while no poll after the last failed one was good
   */
  public synchronized OptionalLong answeredAgain(long from, long to) {
    List<Poll> within =
        polls.stream().filter(poll -> poll.sent() - from >= 0 && to - poll.sent() > 0).toList();
    OptionalLong lastFailed =
        within.stream().filter(poll -> !poll.good()).mapToLong(Poll::sent).max();
    if (lastFailed.isEmpty()) {
      return within.isEmpty() ? OptionalLong.empty() : OptionalLong.of(from);
    }
    return within.stream()
        .filter(Poll::good)
        .filter(poll -> poll.sent() - lastFailed.getAsLong() > 0)
        .mapToLong(Poll::answered)
        .min();
  }

  public synchronized long failed() {
    return polls.stream().filter(poll -> !poll.good()).count();
  }

  public synchronized long all() {
    return polls.size();
  }
}
