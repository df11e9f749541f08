package io.millrace.ingress.access;

import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.millrace.ingress.AccessSettings;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import java.util.List;
import java.util.Optional;

/**
 * Lets a request go on to its route when its caller may use it. Comes before the body is read.
 * {@link RequiresScope} and {@link OpenToAll} on the route say who may; without either it is for
 * operators.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 1_000)
final class AccessFilter {

  /** Static files that tell nothing of any tenant. */
  private static final List<String> PAGES = List.of("/console", "/docs");

  private static final String METRICS = "/metrics";

  private final Authentication authentication;
  private final AccessMetrics metrics;
  private final AccessSettings settings;

  AccessFilter(Authentication authentication, AccessMetrics metrics, AccessSettings settings) {
    this.authentication = authentication;
    this.metrics = metrics;
    this.settings = settings;
  }

  /** Notes who the caller is, or refuses. */
  @RequestFilter
  void admit(HttpRequest<?> request) {
    Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(request);
    if (isOpen(request, route)) {
      return;
    }
    Caller caller = authentication.authenticate(request.getHeaders());
    // Under a path without a route there is nothing, which anybody with a key may hear.
    if (route.isPresent()) {
      Scope scope = scope(route.get().getAnnotationMetadata());
      if (!caller.scopes().contains(scope)) {
        metrics.forbidden();
        throw new ProblemException(
            ProblemType.FORBIDDEN,
            "The API key does not have the scope %s, which this needs.".formatted(scope.label()));
      }
    }
    request.setAttribute(Callers.ATTRIBUTE, caller);
  }

  private boolean isOpen(HttpRequest<?> request, Optional<RouteMatch<?>> route) {
    String path = request.getPath();
    if (route.isEmpty()) {
      return PAGES.stream().anyMatch(page -> path.equals(page) || path.startsWith(page + "/"));
    }
    return route.get().getAnnotationMetadata().hasAnnotation(OpenToAll.class)
        || (settings.openMetrics() && path.equals(METRICS));
  }

  private static Scope scope(AnnotationMetadata route) {
    return route.enumValue(RequiresScope.class, Scope.class).orElse(Scope.OPERATE);
  }
}
