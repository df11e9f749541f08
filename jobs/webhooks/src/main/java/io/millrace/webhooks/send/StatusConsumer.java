package io.millrace.webhooks.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells the status as soon as it is there and throws the body away. A body that is too long to be
 * read for the sake of the connection ends the connection.
 */
final class StatusConsumer implements AsyncResponseConsumer<Void> {

  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int GONE = 410;

  private final Consumer<Status> listener;
  private @Nullable FutureCallback<Void> end;
  private int bodyBytes;

  /** What of an answer counts. */
  record Status(int code, @Nullable String retryAfter) {

    Outcome outcome(Instant now) {
      if (code / 100 == 2) {
        return new Outcome.Delivered(code);
      }
      if (code == GONE) {
        return new Outcome.Gone(code);
      }
      return new Outcome.Failed(code, "status " + code, RetryAfter.parse(retryAfter, now));
    }
  }

  StatusConsumer(Consumer<Status> listener) {
    this.listener = listener;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<Void> callback) {
    Header retryAfter = response.getFirstHeader("retry-after");
    listener.accept(
        new Status(response.getCode(), retryAfter == null ? null : retryAfter.getValue()));
    if (entity == null) {
      callback.completed(null);
    } else {
      end = callback;
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {
    // The final one follows.
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(ByteBuffer part) throws IOException {
    bodyBytes += part.remaining();
    part.position(part.limit());
    if (bodyBytes > MAX_BODY_BYTES) {
      throw new IOException("the answer's body is too long");
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    if (end != null) {
      end.completed(null);
    }
  }

  @Override
  public void failed(Exception cause) {
    // The exchange's own callback is told.
  }

  @Override
  public void releaseResources() {
    // None.
  }
}
