package io.millrace.ingress.access;

import io.micronaut.http.HttpHeaders;
import io.millrace.ingress.access.AccessMetrics.Reason;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who a caller is from the API key in a request's headers. */
@Singleton
final class Authentication {

  static final String API_KEY_HEADER = "X-API-Key";

  private static final String SCHEME = "Bearer ";

  /** What the secret of an unknown key is compared with, so that it takes as long. */
  private static final SecretHash NOBODY = SecretHash.ofNothing();

  private final LiveKeys keys;
  private final AccessMetrics metrics;
  private final Clock clock;

  Authentication(LiveKeys keys, AccessMetrics metrics, Clock clock) {
    this.keys = keys;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * The caller; {@link Caller#ANYONE} where there are no API keys.
   *
   * @throws ProblemException {@code UNAUTHENTICATED} when there is no key, or it is not known or
   *     not valid any more; never repeats any of it
   */
  Caller authenticate(HttpHeaders headers) {
    if (!keys.areRequired()) {
      return Caller.ANYONE;
    }
    String presented = presented(headers);
    if (presented == null) {
      throw refused(
          Reason.MISSING,
          "Expected an API key, as Authorization: Bearer <key> or " + API_KEY_HEADER + ": <key>.");
    }
    KeyText text =
        KeyText.parse(presented)
            .orElseThrow(
                () ->
                    refused(
                        Reason.MALFORMED,
                        "The API key has not the form of one: mr_<id>_<secret>."));
    Optional<ApiKey> key = keys.find(text.id());
    boolean matches = key.map(ApiKey::hash).orElse(NOBODY).matches(text.secret());
    if (key.isEmpty() || !matches) {
      throw refused(Reason.UNKNOWN, "The API key is not known.");
    }
    if (key.get().isExpired(clock.instant())) {
      throw refused(Reason.EXPIRED, "The API key has expired.");
    }
    return key.get().caller();
  }

  private static @Nullable String presented(HttpHeaders headers) {
    String authorization = headers.get(HttpHeaders.AUTHORIZATION);
    // Another scheme may belong to a proxy in front of us.
    if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return authorization.substring(SCHEME.length()).strip();
    }
    return headers.get(API_KEY_HEADER);
  }

  private ProblemException refused(Reason reason, String detail) {
    metrics.unauthenticated(reason);
    return new ProblemException(ProblemType.UNAUTHENTICATED, detail);
  }
}
