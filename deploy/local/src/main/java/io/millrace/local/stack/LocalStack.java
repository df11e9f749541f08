package io.millrace.local.stack;

import io.millrace.ingress.IngressServer;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.training.EncoderPackage;
import io.millrace.webhooks.config.WebhooksConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Broker, Redis, Flink with the inference and the webhooks job, and the HTTP API in this process,
 * over one data directory:
 *
 * <pre>
 * Kafka ── topics ─┬─ deployments ─┬─ inference job ── webhooks job ─┬─ ready
 * models ──────────┘               │                                 │
 * Flink ───────────────────────────┤                                 │
 * Redis ───────────────────────────┴─ API ───────────────────────────┘
 * </pre>
 *
 * What was accepted before a stop, or before the process was killed, is finished after the next
 * start: the job goes on from its newest checkpoint.
 */
public final class LocalStack {

  /** The model that is trained on the sample data. */
  public static final String SAMPLE_MODEL = "support-desk";

  /** The encoder of the sample model alone, which makes embeddings. */
  public static final String EMBEDDING_MODEL = EncoderPackage.MINILM.model();

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);

  private final StackAddresses addresses;
  private final DeployableModels models;
  private final List<FlinkJob> jobs;
  private final Outage kafka;
  private final Outage redis;

  private LocalStack(
      StackAddresses addresses,
      DeployableModels models,
      List<FlinkJob> jobs,
      Outage kafka,
      Outage redis) {
    this.addresses = addresses;
    this.models = models;
    this.jobs = jobs;
    this.kafka = kafka;
    this.redis = redis;
  }

  /**
   * Starts all parts and waits until the API takes requests and the job runs.
   *
   * @param shutdown stops the parts when it is closed, also those of a start that failed
   * @throws CommandFailedException when a port is taken or a model is not there
   * @throws PartFailedException when a part does not start; names it
   */
  @SuppressWarnings("FutureReturnValueIgnored") // parts.await() waits for all of them
  public static LocalStack start(
      StackOptions options, DataDirectory data, StartListener listener, Shutdown shutdown)
      throws InterruptedException {
    Ports.requireFree(options.apiPort(), "the API", "--port");
    Ports.requireFree(options.flinkPort(), "Flink's web UI", "--flink-port");
    DeployableModels models = new DeployableModels(options.repository());
    models.requireThere(options.models());
    Parts parts = shutdown.add("the stack", new Parts(listener, System::nanoTime));

    var kafka = parts.start("Kafka", () -> Broker.start(data.kafka()));
    var redis = parts.start("Redis", () -> ReadStore.start(data.redis()));
    var flink =
        parts.start(
            "Flink",
            () -> FlinkCluster.start(options.flinkPort(), JobSettings.SLOTS, data.temporary()));
    var versions = parts.run("models", () -> models.prepare(options.models(), listener));
    var topics = parts.run("topics", () -> setup(kafka.get()).createTopics(), kafka);
    var deployed =
        parts.run(
            "deployments",
            () -> setup(kafka.get()).deploy(options.repository(), versions.get(), options.terms()),
            topics,
            versions);
    parts.start(
        "the watch on the models",
        () ->
            RegistrationWatch.start(
                new Registrations(kafka.get().bootstrapServers(), Clock.systemUTC()),
                new LocalModelRepository(options.repository())),
        deployed);
    var job =
        parts.start(
            "the inference job",
            () ->
                JobStart.inference(
                    flink.get(),
                    jobSettings(options, kafka.get(), redis.get(), data.checkpoints()),
                    environment(options)),
            deployed,
            redis,
            flink);
    parts.start(
        "the checkpoint cleaner",
        () -> CheckpointCleaner.start(new Checkpoints(data.checkpoints()), job.get().id()),
        job);
    // After the inference job, which makes the first answers.
    var webhooks =
        parts.start(
            "the webhooks job",
            () ->
                JobStart.webhooks(
                    flink.get(),
                    jobSettings(options, kafka.get(), redis.get(), data.webhookCheckpoints()),
                    WebhookSecrets.install(data.webhookSecrets()),
                    environment(options)),
            job);
    parts.start(
        "the cleaner of the webhooks' checkpoints",
        () ->
            CheckpointCleaner.start(
                new Checkpoints(data.webhookCheckpoints()), webhooks.get().id()),
        webhooks);
    // Stopped first, so that nothing is accepted that this stack cannot answer any more.
    var api =
        parts.start(
            "the API",
            () -> IngressServer.start(apiSettings(options, kafka.get(), redis.get())),
            topics,
            redis);
    parts.run(
        "the models", () -> awaitLoaded(flink.get().metrics(), job.get(), versions.get()), job);
    parts.run(
        "the webhooks",
        () -> {
          webhooks.get().awaitRunning(READY_TIMEOUT, System::nanoTime);
          return webhooks;
        },
        webhooks);
    parts.run("the first answers", () -> awaitReady(api.get(), deployed.get()), api, deployed);
    parts.await();
    StackAddresses addresses =
        new StackAddresses(
            value(api).uri(),
            value(flink).webUi(),
            value(flink).metrics(),
            value(kafka).bootstrapServers(),
            value(redis).uri());
    shutdown.add("the addresses", AddressFile.write(data.path(), addresses));
    shutdown.add("the targets of Prometheus", TargetsFile.write(data.path(), addresses));
    return new LocalStack(
        addresses, models, List.of(value(job), value(webhooks)), value(kafka), value(redis));
  }

  private static JobSettings jobSettings(
      StackOptions options, Broker kafka, ReadStore redis, Path checkpoints) {
    return new JobSettings(
        kafka.bootstrapServers(),
        redis.uri(),
        options.repository(),
        checkpoints,
        options.parallelism());
  }

  private static Map<String, String> environment(StackOptions options) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(options.jobSettings());
    return environment;
  }

  private static StackSetup setup(Broker kafka) {
    return new StackSetup(kafka.bootstrapServers(), Clock.systemUTC());
  }

  private static Map<String, Object> apiSettings(
      StackOptions options, Broker kafka, ReadStore redis) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("micronaut.server.host", Ports.HOST);
    settings.put("micronaut.server.port", options.apiPort());
    settings.put("millrace.kafka.bootstrap-servers", kafka.bootstrapServers());
    settings.put("millrace.redis.uri", redis.uri());
    settings.put("millrace.jobs.http-webhooks", httpWebhooks(options));
    if (options.keys() != null) {
      settings.put("millrace.access.keys-file", options.keys().toAbsolutePath().toString());
    }
    return settings;
  }

  /** What the webhooks job delivers to, the API accepts. */
  private static String httpWebhooks(StackOptions options) {
    return environment(options)
        .getOrDefault(WebhooksConfig.ENVIRONMENT_PREFIX + "ADDRESSES_HTTP_ALLOWED", "false");
  }

  /** The job runs, and each version is loaded and warm in it. */
  private static Object awaitLoaded(URI metrics, FlinkJob job, List<ModelVersion> versions)
      throws Exception {
    job.awaitRunning(READY_TIMEOUT, System::nanoTime);
    new HttpProbe(System::nanoTime)
        .await(metrics, new LoadedModels(versions)::allLoaded, READY_TIMEOUT);
    return versions;
  }

  /** The API is ready and has heard of each registration and deployment. */
  private static Object awaitReady(IngressServer api, List<ModelVersion> versions)
      throws InterruptedException {
    // What is deployed could be read over HTTP too, but with a key only.
    new HttpProbe(System::nanoTime)
        .await(
            api.uri().resolve("/health/ready"),
            body ->
                versions.stream()
                    .allMatch(
                        version ->
                            api.deploys(version.model())
                                && api.registers(version.model(), version.version())),
            READY_TIMEOUT);
    return versions;
  }

  private static <T> T value(CompletableFuture<T> started) throws InterruptedException {
    try {
      return started.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("All parts have started", e);
    }
  }

  public StackAddresses addresses() {
    return addresses;
  }

  /** Stops the broker; it comes back with all that it had. */
  public Outage brokerOutage() {
    return kafka;
  }

  /** Kills Redis; it comes back empty. */
  public Outage redisOutage() {
    return redis;
  }

  /** The name of the text input of a deployed model. */
  public String textInput(String model) {
    return models.textInput(model);
  }

  /**
   * Waits until a job ends, which none ever should.
   *
   * @throws CommandFailedException says why it ended
   */
  public void awaitEnd() throws InterruptedException {
    try {
      CompletableFuture<?>[] ends =
          jobs.stream().map(FlinkJob::ended).toArray(CompletableFuture[]::new);
      throw new CommandFailedException(String.valueOf(CompletableFuture.anyOf(ends).get()));
    } catch (ExecutionException e) {
      throw new CommandFailedException("Flink stopped: " + e.getCause(), e);
    }
  }
}
