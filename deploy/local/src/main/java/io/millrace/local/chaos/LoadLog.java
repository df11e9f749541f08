package io.millrace.local.chaos;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the client has seen so far. Safe for use by several threads. */
final class LoadLog {

  private final Map<String, Question> accepted = new LinkedHashMap<>();
  private long done;
  private long refused;
  private long lost;
  private long unavailable;
  private long notFound;
  private long gaveUp;

  /**
   * The counts at one time.
   *
   * @param accepted jobs that the API, or Kafka, took
   * @param done jobs whose result a poll has shown
   * @param refused submissions answered 429 or 503
   * @param lost submissions without an answer; sent again as new jobs
   * @param unavailable polls without an answer, or with 503
   * @param notFound polls answered 404 or 410 for a job that was accepted
   * @param gaveUp requests without a result after minutes
   */
  record Counts(
      long accepted,
      long done,
      long refused,
      long lost,
      long unavailable,
      long notFound,
      long gaveUp) {

    /** Requests that need no more work. */
    long ended() {
      return done + gaveUp;
    }
  }

  synchronized void accepted(String jobId, Question question) {
    accepted.put(jobId, question);
    notifyAll();
  }

  synchronized void done() {
    done++;
    notifyAll();
  }

  synchronized void refused() {
    refused++;
  }

  synchronized void lost() {
    lost++;
  }

  synchronized void unavailable() {
    unavailable++;
  }

  synchronized void notFound() {
    notFound++;
  }

  synchronized void gaveUp() {
    gaveUp++;
    notifyAll();
  }

  /** The accepted jobs with their questions, in order. */
  synchronized Map<String, Question> acceptedJobs() {
    return new LinkedHashMap<>(accepted);
  }

  synchronized Counts counts() {
    return new Counts(accepted.size(), done, refused, lost, unavailable, notFound, gaveUp);
  }

  /** Waits until so many jobs were accepted. */
  synchronized void awaitAccepted(long jobs) throws InterruptedException {
    while (accepted.size() < jobs) {
      wait();
    }
  }
}
