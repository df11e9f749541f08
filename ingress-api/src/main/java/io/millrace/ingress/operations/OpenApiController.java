package io.millrace.ingress.operations;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.millrace.ingress.access.OpenToAll;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code /openapi.json}: the API's description, written by the build from the controllers. */
@Controller("/openapi.json")
@Hidden
final class OpenApiController {

  private static final String RESOURCE = "/META-INF/swagger/millrace-openapi.json";

  private final byte[] description;

  OpenApiController() {
    try (InputStream in = OpenApiController.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("No resource " + RESOURCE);
      }
      description = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read resource " + RESOURCE, e);
    }
  }

  @OpenToAll
  @Get(produces = MediaType.APPLICATION_JSON)
  byte[] description() {
    return description;
  }
}
