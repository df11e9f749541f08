package io.millrace.ingress.jobs;

import io.millrace.ingress.RateLimit;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when the log does not take its job. */
@Singleton
final class LogFailures {

  private static final Logger log = LoggerFactory.getLogger(LogFailures.class);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final RateLimit warnings = new RateLimit(LOG_INTERVAL, System::nanoTime);

  /** {@code TOO_LARGE} when the log never takes it, else {@code LOG_UNAVAILABLE}. */
  ProblemException refusal(Throwable failure) {
    return refusal(failure, Map.of());
  }

  /**
   * {@code TOO_LARGE} when the log never takes it, else {@code LOG_UNAVAILABLE}.
   *
   * @param fields what tells the job, for the logs
   */
  ProblemException refusal(Throwable failure, Map<String, String> fields) {
    if (failure instanceof RecordTooLargeException) {
      return new ProblemException(
          ProblemType.TOO_LARGE, "The request is larger than the log takes.");
    }
    if (warnings.tryPass()) {
      LogFields.add(log.atWarn(), fields)
          .log("Jobs are refused, the log does not acknowledge them: {}", failure.toString());
    }
    return new ProblemException(
        ProblemType.LOG_UNAVAILABLE,
        "The request log did not acknowledge the job in time; submit it again.");
  }
}
