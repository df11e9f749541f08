package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.millrace.ingress.access.OpenToAll;
import io.millrace.ingress.access.RequiresScope;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every route says who may use it. */
final class RoutesTest {

  @Test
  void everyRouteSaysWhichScopeItNeedsOrThatItNeedsNone() {
    try (ApplicationContext context =
        ApplicationContext.builder().deduceEnvironment(false).banner(false).start()) {
      // When
      List<UriRouteInfo<?, ?>> routes =
          context.getBean(Router.class).uriRoutes().collect(Collectors.toList());

      // Then
      assertThat(routes).isNotEmpty();
      assertThat(routes)
          .allSatisfy(
              route ->
                  assertThat(
                          route.getAnnotationMetadata().hasAnnotation(RequiresScope.class)
                              ^ route.getAnnotationMetadata().hasAnnotation(OpenToAll.class))
                      .as(route.getHttpMethodName() + " " + route.getUriMatchTemplate())
                      .isTrue());
      assertThat(
              routes.stream()
                  .filter(route -> route.getAnnotationMetadata().hasAnnotation(OpenToAll.class))
                  .map(route -> route.getUriMatchTemplate().toPathString()))
          .containsOnly(
              "/health/live",
              "/health/ready",
              "/openapi.json",
              "/v2/health/live",
              "/v2/health/ready");
    }
  }
}
