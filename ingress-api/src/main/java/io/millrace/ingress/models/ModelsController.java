package io.millrace.ingress.models;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.millrace.ingress.access.RequiresScope;
import io.millrace.ingress.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code /v1/models}: what is deployed. */
@Controller("/v1/models")
@Tag(name = "Models")
final class ModelsController {

  private final DeployedModels models;

  ModelsController(DeployedModels models) {
    this.models = models;
  }

  @Operation(
      operationId = "listModels",
      summary = "Lists the deployed models",
      description = "Each with the version that answers in production.")
  @RequiresScope(Scope.READ)
  @Get
  ModelList list() {
    return new ModelList(models.all().stream().map(Model::of).toList());
  }
}
