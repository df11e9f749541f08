package io.millrace.ingress.quota;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.millrace.ingress.access.Caller;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.access.LiveKeys;
import io.millrace.ingress.access.Quota;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import java.time.Duration;
import java.util.Optional;

/**
 * Says what is left of the caller's quota in the answers of the routes that submit:
 *
 * <pre>
 * RateLimit-Policy: "default";q=100;w=10
 * RateLimit: "default";r=42;t=6
 * </pre>
 *
 * {@code q} is the burst and {@code w} the seconds in which it comes back; {@code r} tokens are
 * left, and all are there again in {@code t} seconds.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">
 *     draft-ietf-httpapi-ratelimit-headers-10</a>
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class QuotaHeaders {

  private static final String POLICY = "RateLimit-Policy";
  private static final String LIMIT = "RateLimit";

  private final LiveKeys keys;
  private final QuotaLevels levels;

  QuotaHeaders(LiveKeys keys, QuotaLevels levels) {
    this.keys = keys;
    this.levels = levels;
  }

  @ResponseFilter
  void show(HttpRequest<?> request, MutableHttpResponse<?> response) {
    Optional<Caller> caller = Callers.find(request);
    if (caller.isEmpty() || !submits(request)) {
      return;
    }
    String tenant = caller.get().tenant();
    keys.quota(tenant)
        .ifPresent(
            quota -> {
              response.header(POLICY, policy(quota));
              levels.of(tenant, quota).ifPresent(level -> response.header(LIMIT, limit(level)));
            });
  }

  private static boolean submits(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request)
        .flatMap(route -> route.getAnnotationMetadata().enumValue(RequiresScope.class, Scope.class))
        .filter(Scope.SUBMIT::equals)
        .isPresent();
  }

  static String policy(Quota quota) {
    return "\"default\";q=%d;w=%d"
        .formatted(
            quota.burst(),
            Math.max(1, (long) Math.ceil(quota.burst() / quota.requestsPerSecond())));
  }

  static String limit(QuotaLevels.Level level) {
    return "\"default\";r=%d;t=%d".formatted(level.left(), seconds(level.untilFull()));
  }

  private static long seconds(Duration duration) {
    return duration.plusSeconds(1).minusNanos(1).toSeconds();
  }
}
