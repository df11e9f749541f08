package io.millrace.tracing;

import io.millrace.schemas.Traceparent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records the spans of a process and sends them to an OTLP receiver, or does nothing at all. Off,
 * it has no thread, no connection and no SDK. Safe for use by several threads.
 */
public final class Tracing implements AutoCloseable {

  /** The endpoint that leaves it to OpenTelemetry's own variables. */
  public static final String NO_ENDPOINT = "none";

  private static final String SCOPE = "io.millrace";
  private static final long FLUSH_SECONDS = 5;
  private static final Tracing OFF = new Tracing(null, null, null);

  private final @Nullable SdkTracerProvider provider;
  private final @Nullable Tracer tracer;
  private final @Nullable GivenTraceIds ids;

  private Tracing(
      @Nullable SdkTracerProvider provider, @Nullable Tracer tracer, @Nullable GivenTraceIds ids) {
    this.provider = provider;
    this.tracer = tracer;
    this.ids = ids;
  }

  /** Records nothing. */
  public static Tracing off() {
    return OFF;
  }

  /**
   * Starts OpenTelemetry's SDK if spans have somewhere to go. It heeds the variables and system
   * properties of OpenTelemetry ({@code OTEL_SERVICE_NAME}, {@code OTEL_EXPORTER_OTLP_HEADERS} and
   * so on); OTLP is spoken over HTTP, the only way that is built in.
   *
   * @param service the name of the process in traces, unless the environment gives another
   * @param endpoint base URL of the receiver; {@link #NO_ENDPOINT} leaves it to the variable {@code
   *     OTEL_EXPORTER_OTLP_ENDPOINT}, and without that nothing is recorded
   * @param environment variables, to see whether that one is there
   * @throws IllegalArgumentException when the endpoint is not one, or a variable of OpenTelemetry
   *     has a value that it does not take; says what was expected
   */
  public static Tracing open(String service, String endpoint, Map<String, String> environment) {
    requireEndpoint("endpoint", endpoint);
    boolean given = !endpoint.equals(NO_ENDPOINT);
    if (!given
        && !environment.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")
        && !environment.containsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) {
      return OFF;
    }
    Map<String, String> defaults = new HashMap<>();
    defaults.put("otel.service.name", service);
    defaults.put("otel.metrics.exporter", "none");
    defaults.put("otel.logs.exporter", "none");
    defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
    GivenTraceIds ids = new GivenTraceIds();
    try {
      SdkTracerProvider provider =
          AutoConfiguredOpenTelemetrySdk.builder()
              .addPropertiesSupplier(() -> defaults)
              .addPropertiesCustomizer(
                  known -> given ? Map.of("otel.exporter.otlp.endpoint", endpoint) : Map.of())
              .addTracerProviderCustomizer((builder, known) -> builder.setIdGenerator(ids))
              .setServiceClassLoader(Tracing.class.getClassLoader())
              .disableShutdownHook()
              .build()
              .getOpenTelemetrySdk()
              .getSdkTracerProvider();
      return new Tracing(provider, provider.get(SCOPE), ids);
    } catch (RuntimeException e) { // Its own type is not public in all cases.
      throw new IllegalArgumentException("OpenTelemetry: " + e.getMessage(), e);
    }
  }

  /** Records with a provider of the caller's making, which closing this shuts down. */
  public static Tracing of(SdkTracerProviderBuilder builder) {
    GivenTraceIds ids = new GivenTraceIds();
    SdkTracerProvider provider = builder.setIdGenerator(ids).build();
    return new Tracing(provider, provider.get(SCOPE), ids);
  }

  /**
   * Checks an endpoint.
   *
   * @param key names it in the refusal
   * @throws IllegalArgumentException when it is neither {@link #NO_ENDPOINT} nor a URL; does not
   *     repeat it, there may be a password in it
   */
  public static void requireEndpoint(String key, String endpoint) {
    if (!endpoint.equals(NO_ENDPOINT) && !isUrl(endpoint)) {
      throw new IllegalArgumentException(
          key + ": expected " + NO_ENDPOINT + " or http(s)://host:port, found something else");
    }
  }

  /** Whether anything is recorded. */
  public boolean on() {
    return tracer != null;
  }

  /** A span that follows from that place in a trace; one that records nothing when it must not. */
  public SpanBuilder child(String name, Traceparent parent) {
    return tracer().spanBuilder(name).setParent(Context.root().with(Span.wrap(context(parent))));
  }

  /** A span that nothing comes before. */
  public SpanBuilder root(String name) {
    return tracer().spanBuilder(name).setNoParent();
  }

  /** Starts a span that nothing comes before, in a trace whose id is known already. */
  public Span startRoot(SpanBuilder root, String traceId) {
    return ids == null ? Span.getInvalid() : ids.with(traceId, root::startSpan);
  }

  /** That place in a trace, as OpenTelemetry has it. */
  public static SpanContext context(Traceparent trace) {
    return SpanContext.createFromRemoteParent(
        trace.traceId(),
        trace.spanId(),
        TraceFlags.fromHex(trace.flags(), 0),
        TraceState.getDefault());
  }

  /** The place in a trace that a span is. */
  public static Traceparent traceparent(SpanContext span) {
    return Traceparent.of(span.getTraceId(), span.getSpanId(), span.isSampled());
  }

  /** Sends what is recorded, for 5 s at most, and stops. */
  @Override
  public void close() {
    if (provider != null) {
      provider.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
  }

  private Tracer tracer() {
    if (tracer == null) {
      throw new IllegalStateException("Tracing is off: ask on() first");
    }
    return tracer;
  }

  private static boolean isUrl(String endpoint) {
    try {
      URI uri = URI.create(endpoint);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
