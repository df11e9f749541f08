package io.millrace.webhooks.config;

import static io.millrace.jobs.config.Checks.positive;
import static io.millrace.jobs.config.Checks.require;

import io.millrace.cache.RedisConfig;
import io.millrace.jobs.config.Checkpoints;
import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.ConfigReader;
import io.millrace.jobs.config.Durations;
import io.millrace.jobs.config.JobArguments;
import io.millrace.jobs.config.Restart;
import io.millrace.kafka.KafkaConfig;
import io.millrace.webhooks.deliver.EndpointOptions;
import io.millrace.webhooks.deliver.RetrySchedule;
import io.millrace.webhooks.send.AddressPolicy;
import io.millrace.webhooks.send.SenderOptions;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the webhooks job can be told. {@code defaults.yaml} beside this class gives each
 * key its default; {@code docs/webhooks.md} explains them.
 *
 * @param parallelism subtasks of each operator
 */
public record WebhooksConfig(
    int parallelism,
    KafkaConfig kafka,
    Redis redis,
    Api api,
    Secrets secrets,
    Delivery delivery,
    Endpoints endpoints,
    Addresses addresses,
    Checkpoints checkpoints,
    Restart restart) {

  /** What the names of environment variables start with. */
  public static final String ENVIRONMENT_PREFIX = "MILLRACE_WEBHOOKS_";

  private static final ConfigReader<WebhooksConfig> READER =
      new ConfigReader<>(WebhooksConfig.class, ENVIRONMENT_PREFIX);

  public WebhooksConfig {
    require(parallelism >= 1, "parallelism", "at least 1", parallelism);
  }

  /**
   * Loads and checks.
   *
   * @param file YAML with the keys that differ from the defaults; null for none
   * @param environment variables; those with another prefix are left alone
   * @throws ConfigException names the key and what was expected of it
   */
  public static WebhooksConfig load(@Nullable Path file, Map<String, String> environment) {
    return READER.load(file, environment);
  }

  /**
   * Loads and checks what a command line asks for.
   *
   * @param environment variables; those with another prefix are left alone
   * @throws ConfigException names the key and what was expected of it
   */
  public static WebhooksConfig forArguments(
      JobArguments arguments, Map<String, String> environment) {
    return READER.load(arguments.file(), environment, arguments.settings());
  }

  /** How attempts are made. */
  public SenderOptions senderOptions() {
    return new SenderOptions(
        delivery.timeout(),
        delivery.maxInFlight(),
        delivery.resolverThreads(),
        addresses.httpAllowed());
  }

  /**
   * The read side.
   *
   * @param uri {@code redis://host:port} or {@code rediss://...}
   * @param resultTtl how long a result and a delivery's status can be read
   */
  public record Redis(String uri, Duration resultTtl) implements Serializable {
    public Redis {
      try {
        RedisConfig.of(uri);
      } catch (IllegalArgumentException e) {
        // The URI may hold a password: neither message repeats it.
        throw new ConfigException("redis.uri", String.valueOf(e.getMessage()), e);
      }
      require(positive(resultTtl), "redis.result-ttl", "more than 0", resultTtl);
    }
  }

  /**
   * The API that receivers ask for more.
   *
   * @param publicUrl what a job's path is put behind; empty for the path alone
   */
  public record Api(String publicUrl) {
    public Api {
      require(
          publicUrl.isEmpty() || publicUrl.matches("https?://.*[^/]"),
          "api.public-url",
          "an http or https URL without a slash at the end, or nothing",
          publicUrl);
    }
  }

  /**
   * What signs.
   *
   * @param file YAML with the secrets of the tenants
   * @param checkInterval how often it is looked at for changes
   */
  public record Secrets(String file, Duration checkInterval) {
    public Secrets {
      require(!file.isBlank(), "secrets.file", "a file", "nothing");
      require(!checkInterval.isNegative(), "secrets.check-interval", "0 or more", checkInterval);
    }
  }

  /**
   * Attempts.
   *
   * @param schedule the times between attempts, with commas between them
   * @param jitter by how much of itself such a time may grow
   * @param timeout of one attempt
   * @param maxInFlight attempts under way in a subtask
   * @param resolverThreads look-ups of addresses under way in a subtask
   */
  public record Delivery(
      String schedule, double jitter, Duration timeout, int maxInFlight, int resolverThreads) {
    public Delivery {
      List<Duration> delays = delays(schedule);
      require(
          delays.stream().allMatch(delay -> positive(delay) && delay.toDays() <= 7),
          "delivery.schedule",
          "times of more than 0 and 7d at most",
          schedule);
      require(jitter >= 0 && jitter <= 1, "delivery.jitter", "0 to 1", jitter);
      require(
          positive(timeout) && timeout.toMinutes() < 10,
          "delivery.timeout",
          "more than 0 and less than 10m",
          timeout);
      require(maxInFlight >= 1, "delivery.max-in-flight", "at least 1", maxInFlight);
      require(resolverThreads >= 1, "delivery.resolver-threads", "at least 1", resolverThreads);
    }

    /** When failed deliveries are tried again. */
    public RetrySchedule retrySchedule() {
      return new RetrySchedule(delays(schedule), jitter);
    }

    private static List<Duration> delays(String schedule) {
      try {
        return schedule.isBlank()
            ? List.of()
            : Arrays.stream(schedule.split(",")).map(Durations::parse).toList();
      } catch (IllegalArgumentException e) {
        throw new ConfigException("delivery.schedule", String.valueOf(e.getMessage()), e);
      }
    }
  }

  /**
   * How one endpoint, a URL of a tenant, is treated.
   *
   * @param maxInFlight attempts under way at most
   * @param consecutiveFailures in a row after which it is paused
   * @param initialPause the first pause; each further one is twice the last
   * @param maxPause the longest pause
   * @param disabledFor how long it gets nothing after a 410
   */
  public record Endpoints(
      int maxInFlight,
      int consecutiveFailures,
      Duration initialPause,
      Duration maxPause,
      Duration disabledFor) {
    public Endpoints {
      require(maxInFlight >= 1, "endpoints.max-in-flight", "at least 1", maxInFlight);
      require(
          consecutiveFailures >= 1,
          "endpoints.consecutive-failures",
          "at least 1",
          consecutiveFailures);
      require(
          positive(initialPause) && initialPause.toDays() < 1,
          "endpoints.initial-pause",
          "more than 0 and less than 1d",
          initialPause);
      require(
          maxPause.compareTo(initialPause) >= 0,
          "endpoints.max-pause",
          "at least endpoints.initial-pause",
          maxPause);
      require(positive(disabledFor), "endpoints.disabled-for", "more than 0", disabledFor);
    }

    /** The same, for the operator. */
    public EndpointOptions options() {
      return new EndpointOptions(
          maxInFlight, consecutiveFailures, initialPause, maxPause, disabledFor);
    }
  }

  /**
   * Which addresses may be called.
   *
   * @param allowedNetworks besides the public ones, in CIDR notation with commas between them
   * @param httpAllowed whether URLs may be plain {@code http}
   */
  public record Addresses(String allowedNetworks, boolean httpAllowed) {
    public Addresses {
      try {
        AddressPolicy.allowing(allowedNetworks);
      } catch (IllegalArgumentException e) {
        throw new ConfigException("addresses.allowed-networks", String.valueOf(e.getMessage()), e);
      }
    }
  }
}
