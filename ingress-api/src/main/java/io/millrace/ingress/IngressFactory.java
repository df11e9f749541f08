package io.millrace.ingress;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.millrace.cache.IdempotencyStore;
import io.millrace.cache.JobProjection;
import io.millrace.cache.JobStore;
import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisIdempotencyStore;
import io.millrace.cache.RedisJobProjection;
import io.millrace.cache.RedisJobStore;
import io.millrace.cache.RedisReportStore;
import io.millrace.cache.RedisRolloutStatusStore;
import io.millrace.cache.RedisTokenBuckets;
import io.millrace.cache.RedisWebhookDeliveryStore;
import io.millrace.cache.ReportStore;
import io.millrace.cache.RolloutStatusStore;
import io.millrace.cache.TokenBuckets;
import io.millrace.cache.WebhookDeliveryStore;
import io.millrace.ingress.access.AccessMetrics;
import io.millrace.ingress.access.KeysFile;
import io.millrace.ingress.access.LiveKeys;
import io.millrace.ingress.deployments.DeploymentLog;
import io.millrace.ingress.deployments.OperatorTasks;
import io.millrace.ingress.jobs.KafkaCommandLog;
import io.millrace.ingress.models.CompactedTopicReader;
import io.millrace.ingress.models.DeployedModels;
import io.millrace.ingress.models.ModelEvaluations;
import io.millrace.ingress.models.RegisteredModels;
import io.millrace.ingress.models.RolloutHistory;
import io.millrace.ingress.models.TopicView;
import io.millrace.ingress.projection.ProjectionMetrics;
import io.millrace.ingress.projection.Projector;
import io.millrace.ingress.projection.ReportProjectionMetrics;
import io.millrace.ingress.protocol.BatchReader;
import io.millrace.ingress.protocol.FeedbackReader;
import io.millrace.ingress.protocol.InferenceRequestReader;
import io.millrace.ingress.protocol.ProtocolLimits;
import io.millrace.tracing.Tracing;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** What the server is made of and talks to. */
@Factory
final class IngressFactory {

  /** Threads that only pass results on. */
  private static final int COMPLETION_THREADS = 2;

  private static final int REPORT_THREADS = 2;

  /** For reading a body, and pauses of the machine. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  /** For many entries at once; no request waits that long. */
  private static final Duration BULK_TIMEOUT = Duration.ofSeconds(10);

  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean(preDestroy = "close")
  @Singleton
  LiveKeys liveKeys(AccessSettings settings, AccessMetrics metrics) {
    return LiveKeys.open(settings.keys().map(KeysFile::new), metrics);
  }

  @Singleton
  ProtocolLimits protocolLimits(HttpSettings http, JobSettings jobs) {
    return new ProtocolLimits(
        http.maxRequestBytes(),
        http.maxInputs(),
        jobs.maxElements(),
        jobs.maxTextBytes(),
        jobs.httpWebhooks());
  }

  @Singleton
  InferenceRequestReader requestReader(ProtocolLimits limits, Clock clock) {
    return new InferenceRequestReader(limits, clock);
  }

  @Singleton
  BatchReader batchReader(
      InferenceRequestReader reader, ProtocolLimits limits, BatchSettings settings) {
    return new BatchReader(reader, limits, settings.maxItems(), settings.maxBytes());
  }

  @Singleton
  FeedbackReader feedbackReader(ProtocolLimits limits) {
    return new FeedbackReader(limits);
  }

  /** Closing it sends the spans that are still here. */
  @Bean(preDestroy = "close")
  @Singleton
  Tracing tracing(TracingSettings settings) {
    return Tracing.open("millrace-ingress", settings.endpoint(), System.getenv());
  }

  /** Closing it sends what is still on its way. */
  @Bean(preDestroy = "close")
  @Singleton
  Producer<byte[], byte[]> producer(KafkaSettings kafka, HttpSettings http) {
    return new KafkaProducer<>(KafkaClients.producer(kafka, http));
  }

  @Singleton
  DurableLog durableLog(Producer<byte[], byte[]> producer) {
    return new DurableLog(producer);
  }

  /** Asks for the topic's metadata at once, so that no request has to wait for it. */
  @Singleton
  KafkaCommandLog commandLog(
      Producer<byte[], byte[]> producer, @Named("workers") ExecutorService workers) {
    KafkaCommandLog commandLog = new KafkaCommandLog(producer);
    workers.execute(commandLog::isReady);
    return commandLog;
  }

  @Named("log-is-ready")
  @Singleton
  BooleanSupplier logIsReady(KafkaCommandLog commandLog) {
    return commandLog::isReady;
  }

  @Singleton
  DeploymentLog deploymentLog(KafkaSettings kafka, HttpSettings http) {
    return new DeploymentLog(
        () -> KafkaClients.transactional(kafka, http, DeploymentLog.TRANSACTIONAL_ID),
        () -> KafkaClients.committed(kafka, "deployment-log"),
        kafka.deliveryTimeout());
  }

  @Bean(preDestroy = "close")
  @Singleton
  OperatorTasks operatorTasks(HttpSettings settings) {
    return new OperatorTasks(settings.maxQueueTime());
  }

  @Bean(preDestroy = "close")
  @Named("deployments")
  @Singleton
  CompactedTopicReader deploymentReader(DeployedModels models, KafkaSettings settings) {
    return reader(models, settings, "deployments");
  }

  @Bean(preDestroy = "close")
  @Named("model-versions")
  @Singleton
  CompactedTopicReader versionReader(RegisteredModels models, KafkaSettings settings) {
    return reader(models, settings, "model-versions");
  }

  @Bean(preDestroy = "close")
  @Named("rollouts")
  @Singleton
  CompactedTopicReader rolloutReader(RolloutHistory history, KafkaSettings settings) {
    return reader(history, settings, "rollouts");
  }

  @Bean(preDestroy = "close")
  @Named("evaluations")
  @Singleton
  CompactedTopicReader evaluationReader(ModelEvaluations evaluations, KafkaSettings settings) {
    return reader(evaluations, settings, "evaluations");
  }

  private static CompactedTopicReader reader(
      TopicView view, KafkaSettings settings, String purpose) {
    CompactedTopicReader reader =
        new CompactedTopicReader(view, () -> KafkaClients.committed(settings, purpose));
    reader.start();
    return reader;
  }

  @Bean(preDestroy = "close")
  @Singleton
  JobStore jobStore(RedisSettings settings) {
    RedisConfig config = settings.connection();
    return RedisJobStore.open(config, settings.resultTtl());
  }

  /** A lease is longer than the longest submission that the log may still acknowledge. */
  @Bean(preDestroy = "close")
  @Singleton
  IdempotencyStore idempotencyStore(
      RedisSettings redis, JobSettings jobs, HttpSettings http, KafkaSettings kafka) {
    RedisConfig config = redis.connection();
    Duration lease =
        http.maxQueueTime().plus(kafka.maxBlock()).plus(kafka.deliveryTimeout()).plus(LEASE_MARGIN);
    return RedisIdempotencyStore.open(config, jobs.idempotencyTtl(), lease);
  }

  @Bean(preDestroy = "close")
  @Singleton
  WebhookDeliveryStore webhookDeliveryStore(RedisSettings settings) {
    RedisConfig config = settings.connection();
    return RedisWebhookDeliveryStore.open(config, settings.resultTtl());
  }

  @Bean(preDestroy = "close")
  @Singleton
  RolloutStatusStore rolloutStatusStore(RedisSettings settings) {
    return RedisRolloutStatusStore.open(settings.connection());
  }

  @Bean(preDestroy = "close")
  @Singleton
  TokenBuckets tokenBuckets(RedisSettings settings) {
    return RedisTokenBuckets.open(settings.connection());
  }

  @Bean(preDestroy = "close")
  @Singleton
  JobProjection jobProjection(RedisSettings settings, Clock clock) {
    RedisConfig config = settings.connection(BULK_TIMEOUT);
    return RedisJobProjection.open(config, settings.resultTtl(), clock);
  }

  @Bean(preDestroy = "close")
  @Named("jobs")
  @Singleton
  Projector jobProjector(
      KafkaSettings kafka,
      RedisSettings redis,
      JobProjection store,
      Clock clock,
      ProjectionMetrics metrics) {
    Projector projector =
        Projector.ofJobs(
            () -> KafkaClients.follower(kafka, "read-side", kafka.readSideGroup()),
            () -> KafkaClients.consumer(kafka, "ends"),
            store,
            redis.resultTtl(),
            clock,
            metrics);
    projector.start();
    return projector;
  }

  /** What is read while somebody waits; writing many reports holds up no reader. */
  @Bean(preDestroy = "close")
  @Named("reading")
  @Singleton
  ReportStore reportStore(RedisSettings redis, ReportSettings reports, Clock clock) {
    return RedisReportStore.open(redis.connection(), reports.retention(), clock);
  }

  @Bean(preDestroy = "close")
  @Named("writing")
  @Singleton
  ReportStore reportProjection(RedisSettings redis, ReportSettings reports, Clock clock) {
    return RedisReportStore.open(redis.connection(BULK_TIMEOUT), reports.retention(), clock);
  }

  @Bean(preDestroy = "close")
  @Named("reports")
  @Singleton
  Projector reportProjector(
      KafkaSettings kafka,
      ReportSettings reports,
      @Named("writing") ReportStore store,
      Clock clock,
      ReportProjectionMetrics metrics) {
    Projector projector =
        Projector.ofReports(
            () -> KafkaClients.follower(kafka, "reports", kafka.readSideGroup() + "-reports"),
            () -> KafkaClients.consumer(kafka, "report-ends"),
            store,
            reports.retention().longest(),
            clock,
            metrics);
    projector.start();
    return projector;
  }

  @Bean(preDestroy = "shutdown")
  @Named("workers")
  @Singleton
  ExecutorService workers(HttpSettings settings) {
    return Executors.newFixedThreadPool(settings.workerThreads(), threads("ingress-worker-"));
  }

  @Bean(preDestroy = "shutdown")
  @Named("completions")
  @Singleton
  ExecutorService completions() {
    return Executors.newFixedThreadPool(COMPLETION_THREADS, threads("ingress-completion-"));
  }

  /** Threads that turn reports into answers, some of them large, beside those of the jobs. */
  @Bean(preDestroy = "shutdown")
  @Named("reports")
  @Singleton
  ExecutorService reportThreads() {
    return Executors.newFixedThreadPool(REPORT_THREADS, threads("ingress-reports-"));
  }

  @Named("queue")
  @Singleton
  Supplier<Consumer<byte[], byte[]>> queueConsumers(
      KafkaSettings kafka, BackpressureSettings settings) {
    return () -> KafkaClients.observer(kafka, settings.consumerGroup());
  }

  private static ThreadFactory threads(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
