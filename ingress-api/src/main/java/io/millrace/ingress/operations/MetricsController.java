package io.millrace.ingress.operations;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /metrics} in Prometheus' text format. */
@Controller("/metrics")
@Tag(name = "Operations")
final class MetricsController {

  private final PrometheusMeterRegistry registry;

  MetricsController(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @Operation(operationId = "metrics", summary = "Metrics in Prometheus' text format")
  @RequiresScope(Scope.OPERATE)
  @Get(produces = MediaType.TEXT_PLAIN)
  String metrics() {
    return registry.scrape();
  }
}
