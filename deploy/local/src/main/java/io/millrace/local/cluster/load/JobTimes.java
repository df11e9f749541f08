package io.millrace.local.cluster.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * When jobs were submitted and when a {@code read_committed} consumer saw their results, both in
 * nanoseconds of one clock, this process'. Safe for use by several threads.
 */
public final class JobTimes {

  private final Map<String, Long> submitted = new LinkedHashMap<>();
  private final Map<String, Long> committed = new HashMap<>();
  private final List<Long> commits = new ArrayList<>();

  /**
   * The API took a job.
   *
   * @param nanos when the submission was sent, not when it was answered
   */
  public synchronized void accepted(String jobId, long nanos) {
    submitted.put(jobId, nanos);
  }

  /** The first committed result of a job was seen. */
  public synchronized void committed(String jobId, long nanos) {
    committed.put(jobId, nanos);
    commits.add(nanos);
  }

  /** The jobs that the API took, in order. */
  public synchronized List<String> accepted() {
    return List.copyOf(submitted.keySet());
  }

  public synchronized int acceptedCount() {
    return submitted.size();
  }

  /** The jobs that were taken last, in order. */
  synchronized List<String> latest(int jobs) {
    List<String> all = new ArrayList<>(submitted.keySet());
    return List.copyOf(all.subList(Math.max(0, all.size() - jobs), all.size()));
  }

  public synchronized int committedCount() {
    return commits.size();
  }

  /**
   * When the first result was seen of a job that was submitted after a time: whatever broke then
   * has healed, from the API through the job to the commit.
   */
  public synchronized OptionalLong firstCommitOfJobSubmittedAfter(long nanos) {
    return submitted.entrySet().stream()
        .filter(job -> job.getValue() - nanos > 0)
        .map(job -> committed.get(job.getKey()))
        .filter(seen -> seen != null)
        .mapToLong(Long::longValue)
        .min();
  }

  /** The longest time without a committed result between two times. */
  public synchronized long longestGap(long from, long to) {
    long last = from;
    long longest = 0;
    for (long commit : commits) {
      if (commit - from > 0 && to - commit > 0) {
        longest = Math.max(longest, commit - last);
        last = commit;
      }
    }
    return Math.max(longest, to - last);
  }
}
