package io.millrace.ingress.access;

import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** Tells who sent a request. */
public final class Callers {

  /** The attribute of a request that holds its {@link Caller}. */
  static final String ATTRIBUTE = "millrace.caller";

  private Callers() {}

  /**
   * The caller of a request; {@link Caller#ANYONE} where there are no API keys.
   *
   * @throws IllegalStateException when nobody has looked who it is: then it is nobody
   */
  public static Caller of(HttpRequest<?> request) {
    return find(request)
        .orElseThrow(() -> new IllegalStateException("The request has not been authenticated"));
  }

  /** The caller of a request; empty when it was refused, or needs none. */
  public static Optional<Caller> find(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, Caller.class);
  }
}
