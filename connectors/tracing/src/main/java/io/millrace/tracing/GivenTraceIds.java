package io.millrace.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random ids, but for a span that begins a trace whose id others know already. */
final class GivenTraceIds implements IdGenerator {

  private final IdGenerator random = IdGenerator.random();
  private final ThreadLocal<@Nullable String> given = new ThreadLocal<>();

  /** What the supplier starts on this thread, if it has no parent, gets that trace id. */
  <T> T with(String traceId, Supplier<T> start) {
    given.set(traceId);
    try {
      return start.get();
    } finally {
      given.remove();
    }
  }

  @Override
  public String generateSpanId() {
    return random.generateSpanId();
  }

  @Override
  public String generateTraceId() {
    String id = given.get();
    return id == null ? random.generateTraceId() : id;
  }
}
