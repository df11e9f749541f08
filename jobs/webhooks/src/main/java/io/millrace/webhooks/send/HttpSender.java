package io.millrace.webhooks.send;

import io.millrace.schemas.Traceparent;
import io.millrace.schemas.WebhookUrls;
import io.millrace.schemas.avro.WebhookDeadLetterReason;
import io.millrace.schemas.avro.WebhookDelivery;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts over HTTP. A call that waits costs a socket, not a thread; only look-ups of
 * addresses block, on threads of their own. Redirects, cookies and retries of the client are off:
 * an attempt is one request to the address that was checked.
 */
public final class HttpSender implements WebhookSender {

  private static final String USER_AGENT = "Millrace-Webhooks/1";

  /** A connection that is kept is checked again by its address when it is made anew. */
  private static final TimeValue CONNECTION_TTL = TimeValue.ofMinutes(1);

  private static final TimeValue IDLE = TimeValue.ofSeconds(20);
  private static final TimeValue VALIDATE_AFTER = TimeValue.ofSeconds(1);
  private static final int IDLE_THREAD_SECONDS = 30;

  private final SenderOptions options;
  private final SecretsFile secrets;
  private final InstantSource clock;
  private final CloseableHttpAsyncClient client;
  private final ThreadPoolExecutor resolvers;
  private final ScheduledThreadPoolExecutor deadlines;
  private final Semaphore room;

  private HttpSender(
      SenderOptions options, SecretsFile secrets, CheckedResolver resolver, InstantSource clock) {
    this.options = options;
    this.secrets = secrets;
    this.clock = clock;
    room = new Semaphore(options.maxInFlight());
    client = client(options, resolver);
    client.start();
    resolvers =
        new ThreadPoolExecutor(
            options.resolverThreads(),
            options.resolverThreads(),
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(options.maxInFlight()),
            daemons("webhook-resolver-"));
    resolvers.allowCoreThreadTimeOut(true);
    deadlines = new ScheduledThreadPoolExecutor(1, daemons("webhook-deadlines-"));
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /** Opens a sender that resolves names as the JVM does. */
  public static HttpSender open(
      SenderOptions options, SecretsFile secrets, AddressPolicy policy, InstantSource clock) {
    return open(options, secrets, policy, InetAddress::getAllByName, clock);
  }

  static HttpSender open(
      SenderOptions options,
      SecretsFile secrets,
      AddressPolicy policy,
      CheckedResolver.Lookup lookup,
      InstantSource clock) {
    return new HttpSender(options, secrets, new CheckedResolver(policy, lookup), clock);
  }

  private static CloseableHttpAsyncClient client(SenderOptions options, CheckedResolver resolver) {
    Timeout timeout = Timeout.of(options.timeout());
    // Many endpoints may share a host, so a host may have all connections. Those of calls that were
    // given up end a little later than their call.
    int connections = 2 * options.maxInFlight();
    return HttpAsyncClients.custom()
        .setConnectionManager(
            PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultTlsConfig(
                    TlsConfig.custom()
                        .setHandshakeTimeout(timeout)
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setTimeToLive(CONNECTION_TTL)
                        .setValidateAfterInactivity(VALIDATE_AFTER)
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .build())
        .setUserAgent(USER_AGENT)
        .setThreadFactory(daemons("webhook-client-"))
        .evictIdleConnections(IDLE)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  @Override
  public boolean hasRoom() {
    return room.availablePermits() > 0;
  }

  @Override
  public CompletableFuture<Outcome> send(WebhookDelivery delivery) {
    Optional<String> violation = WebhookUrls.violation(delivery.getUrl(), options.httpAllowed());
    if (violation.isPresent()) {
      return refused(WebhookDeadLetterReason.INVALID_URL, "url: " + violation.get());
    }
    Optional<Signer> signer = secrets.signer(delivery.getTenant());
    if (signer.isEmpty()) {
      return refused(
          WebhookDeadLetterReason.NO_SECRET,
          "the secrets file has no secret of tenant '" + delivery.getTenant() + "'");
    }
    if (!room.tryAcquire()) {
      return CompletableFuture.completedFuture(
          new Outcome.Failed(null, "too many attempts are under way", null));
    }
    Attempt attempt = new Attempt(request(delivery, signer.get()));
    attempt.begin();
    return attempt.outcome;
  }

  private SimpleHttpRequest request(WebhookDelivery delivery, Signer signer) {
    ByteBuffer buffer = delivery.getBody().duplicate();
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    Instant now = clock.instant();
    SimpleHttpRequest request =
        SimpleRequestBuilder.post(URI.create(delivery.getUrl()))
            .setBody(body, ContentType.APPLICATION_JSON)
            .setHeader("webhook-id", delivery.getWebhookId())
            .setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .setHeader(
                "webhook-signature",
                signer.sign(delivery.getWebhookId(), now, new String(body, StandardCharsets.UTF_8)))
            .build();
    Traceparent trace = Traceparent.parse(delivery.getTraceparent());
    if (trace != null) {
      request.setHeader(Traceparent.HEADER, trace.value());
    }
    return request;
  }

  private static CompletableFuture<Outcome> refused(WebhookDeadLetterReason reason, String detail) {
    return CompletableFuture.completedFuture(new Outcome.Refused(reason, detail));
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    resolvers.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** One request. Its place is free when the request is over, which may be after its outcome. */
  private final class Attempt {

    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final SimpleHttpRequest request;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Future<?> exchange;

    Attempt(SimpleHttpRequest request) {
      this.request = request;
    }

    void begin() {
      try {
        var deadline =
            deadlines.schedule(this::expire, options.timeout().toMillis(), TimeUnit.MILLISECONDS);
        var unused = outcome.whenComplete((result, failure) -> deadline.cancel(false));
        resolvers.execute(this::execute);
      } catch (RejectedExecutionException e) {
        over(failed("the job is stopping")); // Or every resolver is busy, and so is their queue.
      }
    }

    /** Runs on a resolver's thread, since the client looks the address up before it returns. */
    private void execute() {
      if (outcome.isDone()) {
        over(failed("timeout")); // Waited too long for a resolver.
        return;
      }
      StatusConsumer consumer =
          new StatusConsumer(status -> outcome.complete(status.outcome(clock.instant())));
      Ending ending =
          new Ending(
              // The answer has been reported by then, if there was one.
              () -> over(failed("the connection ended without an answer")),
              failure -> over(outcomeOf(failure)));
      try {
        exchange = client.execute(SimpleRequestProducer.create(request), consumer, ending);
      } catch (RuntimeException e) {
        ending.failed(e); // The client is closed, for example.
      }
      if (outcome.isDone()) {
        cancel();
      }
    }

    private void expire() {
      if (outcome.complete(failed(timeout()))) {
        cancel();
      }
    }

    private void cancel() {
      Future<?> current = exchange;
      if (current != null) {
        current.cancel(true);
      }
    }

    private void over(Outcome result) {
      if (over.compareAndSet(false, true)) {
        room.release();
        outcome.complete(result);
      }
    }

    private Outcome outcomeOf(Exception failure) {
      if (failure instanceof CheckedResolver.RefusedAddressException) {
        return new Outcome.Refused(
            WebhookDeadLetterReason.REFUSED_ADDRESS, String.valueOf(failure.getMessage()));
      }
      if (failure instanceof UnknownHostException) {
        return failed("the host is not known");
      }
      if (failure instanceof TimeoutException || failure instanceof InterruptedIOException) {
        return failed(timeout());
      }
      if (failure instanceof ConnectException) {
        return failed("the connection was refused");
      }
      if (failure instanceof SSLException) {
        return failed("TLS: " + failure.getMessage());
      }
      return failed(failure.getClass().getSimpleName());
    }

    private String timeout() {
      return "no answer in " + options.timeout().toMillis() + " ms";
    }

    private Outcome failed(String error) {
      return new Outcome.Failed(null, error, null);
    }
  }
}
