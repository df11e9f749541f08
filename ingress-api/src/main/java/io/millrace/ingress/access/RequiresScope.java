package io.millrace.ingress.access;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The scope that a route wants of its caller. A route that says nothing wants {@code OPERATE}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ApiResponse(responseCode = "401", description = "No API key, or none that is known and valid now.")
@ApiResponse(responseCode = "403", description = "The API key lacks the scope.")
public @interface RequiresScope {
  Scope value();
}
