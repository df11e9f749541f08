package io.millrace.inference.config;

import static io.millrace.jobs.config.Checks.positive;
import static io.millrace.jobs.config.Checks.require;

import io.millrace.cache.RedisConfig;
import io.millrace.jobs.config.Checkpoints;
import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.Restart;
import io.millrace.kafka.KafkaConfig;
import java.io.Serializable;
import java.time.Duration;

/**
 * Everything that the inference job can be told. {@code defaults.yaml} beside this class gives each
 * key its default; {@code docs/configuration.md} explains them.
 *
 * @param parallelism subtasks of each operator
 */
public record InferenceConfig(
    int parallelism,
    KafkaConfig kafka,
    Redis redis,
    Models models,
    Deduplicate deduplicate,
    Route route,
    Infer infer,
    Rollouts rollouts,
    Checkpoints checkpoints,
    Restart restart,
    Tracing tracing) {

  public InferenceConfig {
    require(parallelism >= 1, "parallelism", "at least 1", parallelism);
  }

  /**
   * The read side.
   *
   * @param uri {@code redis://host:port} or {@code rediss://...}
   * @param resultTtl how long a result can be polled
   * @param localCacheMegabytes answers that a subtask keeps in its own memory as well; 0 for none
   */
  public record Redis(String uri, Duration resultTtl, int localCacheMegabytes)
      implements Serializable {
    public Redis {
      try {
        RedisConfig.of(uri);
      } catch (IllegalArgumentException e) {
        // The URI may hold a password: neither message repeats it.
        throw new ConfigException("redis.uri", String.valueOf(e.getMessage()), e);
      }
      require(positive(resultTtl), "redis.result-ttl", "more than 0", resultTtl);
      require(
          localCacheMegabytes >= 0,
          "redis.local-cache-megabytes",
          "0 or more",
          localCacheMegabytes);
    }
  }

  /**
   * The model runtime, one a task manager.
   *
   * @param repository directory of the model packages, or a URI of one of Flink's file systems
   * @param cacheDirectory where packages from a URI are downloaded to
   * @param workersPerVersion model calls of one version at a time; 0 for one a processor
   * @param minBatchDelay how long a free worker waits for a batch to fill; 0 on a CPU
   * @param maxBatchDelay the age of the oldest item from which batches go by age and no longer by
   *     how full they are
   * @param callTimeout after which a model call is stopped
   * @param unloadAfter how long a version that nobody holds is kept without anything to do
   * @param breaker when a version that fails is no longer called
   */
  public record Models(
      String repository,
      String cacheDirectory,
      int workersPerVersion,
      Duration minBatchDelay,
      Duration maxBatchDelay,
      Duration callTimeout,
      Duration unloadAfter,
      Breaker breaker)
      implements Serializable {
    public Models {
      require(!repository.isBlank(), "models.repository", "a directory or a URI", "nothing");
      require(!cacheDirectory.isBlank(), "models.cache-directory", "a directory", "nothing");
      require(workersPerVersion >= 0, "models.workers-per-version", "0 or more", workersPerVersion);
      require(positive(callTimeout), "models.call-timeout", "more than 0", callTimeout);
      require(
          unloadAfter.toMillis() >= 1 && unloadAfter.toDays() < 1,
          "models.unload-after",
          "at least 1ms and less than 24h",
          unloadAfter);
      require(!minBatchDelay.isNegative(), "models.min-batch-delay", "0 or more", minBatchDelay);
      require(
          maxBatchDelay.compareTo(minBatchDelay) >= 0,
          "models.max-batch-delay",
          "at least models.min-batch-delay, " + minBatchDelay,
          maxBatchDelay);
    }
  }

  /**
   * The circuit breaker of each version; the names are Resilience4j's.
   *
   * @param consecutiveFailures failed calls in a row that open it
   * @param failureRateThreshold percent of failed calls that opens it
   * @param slidingWindowSize calls that the percentage is taken of
   * @param minimumNumberOfCalls calls before the percentage is looked at
   * @param waitDurationInOpenState how long it refuses all calls
   * @param permittedNumberOfCallsInHalfOpenState calls that then find out whether it closes
   */
  public record Breaker(
      int consecutiveFailures,
      int failureRateThreshold,
      int slidingWindowSize,
      int minimumNumberOfCalls,
      Duration waitDurationInOpenState,
      int permittedNumberOfCallsInHalfOpenState)
      implements Serializable {
    public Breaker {
      requireBetween("consecutive-failures", consecutiveFailures, 1, 1_000_000);
      requireBetween("failure-rate-threshold", failureRateThreshold, 1, 100);
      requireBetween("sliding-window-size", slidingWindowSize, 1, 100_000);
      requireBetween("minimum-number-of-calls", minimumNumberOfCalls, 1, slidingWindowSize);
      requireBetween(
          "permitted-number-of-calls-in-half-open-state",
          permittedNumberOfCallsInHalfOpenState,
          1,
          1_000);
      require(
          positive(waitDurationInOpenState) && waitDurationInOpenState.toHours() < 1,
          "models.breaker.wait-duration-in-open-state",
          "more than 0 and less than 1h",
          waitDurationInOpenState);
    }

    private static void requireBetween(String key, int value, int least, int most) {
      require(
          value >= least && value <= most,
          "models.breaker." + key,
          "%d to %d".formatted(least, most),
          value);
    }
  }

  /**
   * The step that lets each job pass once.
   *
   * @param ttl how long a job id is remembered: longer than any client or producer retries
   */
  public record Deduplicate(Duration ttl) {
    public Deduplicate {
      require(positive(ttl), "deduplicate.ttl", "more than 0", ttl);
    }
  }

  /**
   * The step that chooses a version.
   *
   * @param deploymentWait how long a job waits for its model to be deployed
   */
  public record Route(Duration deploymentWait) {
    public Route {
      require(positive(deploymentWait), "route.deployment-wait", "more than 0", deploymentWait);
    }
  }

  /**
   * The step that infers.
   *
   * @param capacity requests under way in one subtask at most; more make the stream wait
   * @param timeout for a request in this step, waiting and loading included
   */
  public record Infer(int capacity, Duration timeout) implements Serializable {
    public Infer {
      require(capacity >= 1, "infer.capacity", "at least 1", capacity);
      require(positive(timeout), "infer.timeout", "more than 0", timeout);
    }

    /** Answers of candidates under way that nobody sees: a tenth, so that jobs have their room. */
    public int maxShadows() {
      return capacity / 10;
    }
  }

  /**
   * The rollouts.
   *
   * @param feedbackWait how long an answer waits for the feedback that says whether it was right
   */
  public record Rollouts(Duration feedbackWait) {
    public Rollouts {
      require(positive(feedbackWait), "rollouts.feedback-wait", "more than 0", feedbackWait);
    }
  }

  /**
   * The spans of jobs.
   *
   * @param endpoint base URL of the OTLP receiver; {@code none} leaves it to OpenTelemetry's own
   *     variables, and without those nothing is recorded
   */
  public record Tracing(String endpoint) implements Serializable {
    public Tracing {
      try {
        io.millrace.tracing.Tracing.requireEndpoint("tracing.endpoint", endpoint);
      } catch (IllegalArgumentException e) {
        throw new ConfigException("", String.valueOf(e.getMessage()), e);
      }
    }
  }
}
