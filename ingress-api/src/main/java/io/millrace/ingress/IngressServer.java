package io.millrace.ingress;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import io.millrace.ingress.access.LiveKeys;
import io.millrace.ingress.backpressure.QueuePoller;
import io.millrace.ingress.jobs.JobWaits;
import io.millrace.ingress.jobs.KafkaCommandLog;
import io.millrace.ingress.models.CompactedTopicReader;
import io.millrace.ingress.models.DeployedModels;
import io.millrace.ingress.models.RegisteredModels;
import io.millrace.ingress.projection.Projector;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API as a part of a process. */
public final class IngressServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(IngressServer.class);

  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private IngressServer(ApplicationContext context, EmbeddedServer server) {
    this.context = context;
    this.server = server;
  }

  /**
   * Starts a server. It is alive when this returns, and ready when {@code /health/ready} says so;
   * Kafka and Redis need not be there yet.
   *
   * @param properties {@code micronaut.server.host}, {@code micronaut.server.port} (0 for a free
   *     one), {@code millrace.http.*}, {@code millrace.kafka.*}, {@code millrace.redis.*}, {@code
   *     millrace.reports.*}, {@code millrace.backpressure.*}, {@code millrace.synchronous.*},
   *     {@code millrace.tls.*}, {@code millrace.tracing.*}; they win over the environment
   * @throws IngressStartException when a property is not valid or the port is taken; says which
   */
  public static IngressServer start(Map<String, Object> properties) {
    ApplicationContext context =
        ApplicationContext.builder()
            .properties(properties)
            .deduceEnvironment(false)
            .banner(false)
            .build();
    try {
      // The server's certificate is the server's own business: what we call it is put into its
      // words.
      Environment environment = context.getEnvironment().start();
      environment.addPropertySource(
          PropertySource.of("millrace-tls", TlsSettings.serverProperties(environment)));
      context.start();
      // Before anything is opened, so that a wrong setting leaves nothing behind.
      SettingsCheck.check(context.getEnvironment(), properties.keySet());
      context.getBean(BatchSettings.class);
      context.getBean(HttpSettings.class);
      context.getBean(JobSettings.class);
      context.getBean(KafkaSettings.class).verifySecurity();
      context.getBean(RedisSettings.class);
      context.getBean(ReportSettings.class);
      context.getBean(SynchronousSettings.class);
      context.getBean(TlsSettings.class);
      context.getBean(TracingSettings.class);
      AddressCheck.check(context.getEnvironment(), context.getBean(AccessSettings.class));
      context.getBean(LiveKeys.class);
      context.getBean(BackpressureSettings.class);
      context.getBeansOfType(CompactedTopicReader.class);
      context.getBean(KafkaCommandLog.class);
      context.getBeansOfType(Projector.class);
      context.getBean(QueuePoller.class);
      EmbeddedServer server = context.getBean(EmbeddedServer.class);
      server.start();
      return new IngressServer(context, server);
    } catch (RuntimeException e) {
      context.close();
      throw IngressStartException.of(e);
    }
  }

  /** Where the server listens: {@code http://host:port}, or {@code https} with a certificate. */
  public URI uri() {
    return server.getURI();
  }

  /** Whether it knows of a model that it is deployed. */
  public boolean deploys(String model) {
    return context.getBean(DeployedModels.class).contains(model);
  }

  /** Whether it knows what a version of a model is. */
  public boolean registers(String model, String version) {
    return context.getBean(RegisteredModels.class).find(model, version).isPresent();
  }

  /**
   * Stops accepting, answers requests under way (those that wait for a result at once, with what is
   * known), sends what is still on its way to the log, and lets go of everything.
   */
  @Override
  public void close() {
    if (!open.compareAndSet(true, false)) {
      return;
    }
    context.getBean(JobWaits.class).end();
    drain(context.getBean(HttpSettings.class).shutdownGrace());
    context.close();
  }

  private void drain(Duration grace) {
    try {
      context
          .getBean(GracefulShutdownManager.class)
          .shutdownGracefully()
          .toCompletableFuture()
          .get(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn("Requests are still under way after {}, stopping all the same", grace);
    } catch (ExecutionException e) {
      log.warn("Requests under way could not be awaited", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
