package io.millrace.inference.config;

import static io.millrace.jobs.config.Checks.positive;
import static io.millrace.jobs.config.Checks.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisSecurity;
import io.millrace.inference.observe.Dimensions;
import io.millrace.jobs.config.Checkpoints;
import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.Durations;
import io.millrace.jobs.config.Restart;
import io.millrace.kafka.KafkaConfig;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

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
    Drift drift,
    Quality quality,
    Cost cost,
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
   * @param username as of {@link RedisSecurity}, like the next four
   * @param resultTtl how long a result can be polled
   * @param localCacheMegabytes answers that a subtask keeps in its own memory as well; 0 for none
   */
  public record Redis(
      String uri,
      String username,
      String passwordFile,
      String caCertificate,
      String certificate,
      String certificateKey,
      Duration resultTtl,
      int localCacheMegabytes)
      implements Serializable {
    public Redis {
      try {
        RedisConfig.of(uri);
      } catch (IllegalArgumentException e) {
        // The URI may hold a password: neither message repeats it.
        throw new ConfigException("redis.uri", String.valueOf(e.getMessage()), e);
      }
      try {
        RedisConfig.of(
            uri,
            new RedisSecurity(username, passwordFile, caCertificate, certificate, certificateKey));
      } catch (IllegalArgumentException e) {
        throw new ConfigException("", "redis." + e.getMessage(), e);
      }
      require(positive(resultTtl), "redis.result-ttl", "more than 0", resultTtl);
      require(
          localCacheMegabytes >= 0,
          "redis.local-cache-megabytes",
          "0 or more",
          localCacheMegabytes);
    }

    /** How it is connected to. */
    public RedisConfig connection() {
      return RedisConfig.of(
          uri,
          new RedisSecurity(username, passwordFile, caCertificate, certificate, certificateKey));
    }

    /** The URI may hold a password. */
    @Override
    public String toString() {
      return "Redis[" + connection() + "]";
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

  /** Whether anything is measured on single answers. */
  public boolean isObserving() {
    return drift.enabled() || quality.enabled() || cost.enabled();
  }

  /**
   * Reports of how far inputs and answers are from a reference. Windows, segments and lateness are
   * those of the reports of quality and cost, too.
   *
   * @param windows lengths, separated by commas; each is a multiple of the shortest
   * @param segments dimensions that requests are told apart by as well, separated by commas: {@code
   *     tenant}, {@code priority} or {@code parameter.<name>}; {@code none} for none
   * @param maxSegments values of a dimension at most that have windows of their own; the rest is
   *     {@code other}
   * @param reference {@code package}, where a version without a profile has its trailing windows,
   *     or {@code trailing}
   * @param trailing how far back a reference of earlier windows goes
   * @param minObservations of a window and its reference, below which there is no verdict
   * @param alpha the false discovery rate over the features of a window
   * @param lateness how long after its end a window takes in late data
   * @param answerWait how long a window that is over waits for the answers to what was asked in it
   * @param lateInterval how often late data are handed on, and windows that they changed reissued
   * @param idleClose how long nothing comes before event time goes on with the wall clock
   */
  public record Drift(
      boolean enabled,
      String windows,
      String segments,
      int maxSegments,
      Source reference,
      Duration trailing,
      long minObservations,
      double alpha,
      Duration lateness,
      Duration answerWait,
      Duration lateInterval,
      Duration idleClose)
      implements Serializable {

    /** What windows are compared with. */
    public enum Source {
      @JsonProperty("package")
      PACKAGE,
      @JsonProperty("trailing")
      TRAILING
    }

    public Drift {
      List<Duration> lengths = lengths(windows);
      require(
          lengths.stream().allMatch(length -> length.toMillis() >= 1_000),
          "drift.windows",
          "at least 1s each",
          windows);
      require(
          lengths.stream().allMatch(length -> length.toMillis() % lengths.get(0).toMillis() == 0),
          "drift.windows",
          "multiples of the shortest",
          windows);
      try {
        new Dimensions(names(segments));
      } catch (IllegalArgumentException e) {
        throw new ConfigException("drift.segments", String.valueOf(e.getMessage()), e);
      }
      require(
          maxSegments >= 1 && maxSegments <= 1_000, "drift.max-segments", "1 to 1000", maxSegments);
      require(
          trailing.compareTo(lengths.get(0)) >= 0,
          "drift.trailing",
          "at least the shortest window",
          trailing);
      require(minObservations >= 1, "drift.min-observations", "at least 1", minObservations);
      require(alpha > 0 && alpha < 1, "drift.alpha", "above 0 and below 1", alpha);
      require(!lateness.isNegative(), "drift.lateness", "0 or more", lateness);
      require(!answerWait.isNegative(), "drift.answer-wait", "0 or more", answerWait);
      require(positive(lateInterval), "drift.late-interval", "more than 0", lateInterval);
      require(positive(idleClose), "drift.idle-close", "more than 0", idleClose);
    }

    /** Lengths of the windows, ascending. */
    public List<Duration> lengths() {
      return lengths(windows);
    }

    /** What requests are told apart by. */
    public Dimensions dimensions() {
      return new Dimensions(names(segments));
    }

    private static List<Duration> lengths(String windows) {
      try {
        List<Duration> lengths =
            names(windows).stream().map(Durations::parse).sorted().distinct().toList();
        require(!lengths.isEmpty(), "drift.windows", "durations", windows);
        return lengths;
      } catch (IllegalArgumentException e) {
        throw new ConfigException("drift.windows", String.valueOf(e.getMessage()), e);
      }
    }

    private static List<String> names(String list) {
      return list.isBlank() || list.equals("none")
          ? List.of()
          : Stream.of(list.split(",")).map(String::trim).toList();
    }
  }

  /**
   * Reports of how right classifiers are.
   *
   * @param labelWait how long an answer waits for its label, and windows of an hour and more for
   *     the labels of their answers
   * @param maxAccuracyDrop how far below that of the package's baseline the accuracy may be
   */
  public record Quality(boolean enabled, Duration labelWait, double maxAccuracyDrop)
      implements Serializable {
    public Quality {
      require(positive(labelWait), "quality.label-wait", "more than 0", labelWait);
      require(
          maxAccuracyDrop >= 0 && maxAccuracyDrop <= 1,
          "quality.max-accuracy-drop",
          "0 to 1",
          maxAccuracyDrop);
    }
  }

  /** Reports of what answers cost. */
  public record Cost(boolean enabled) implements Serializable {}

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
