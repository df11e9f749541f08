package io.millrace.ingress.v2;

import io.micronaut.http.MediaType;
import io.millrace.ingress.problem.InferenceProblem;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an inference request takes and answers, for the API's description. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(
    in = ParameterIn.HEADER,
    name = "Inference-Header-Content-Length",
    ref = "#/components/parameters/InferenceHeaderContentLength")
@Parameter(
    in = ParameterIn.HEADER,
    name = "Prefer",
    ref = "#/components/parameters/PreferRespondAsync")
@Parameter(
    in = ParameterIn.HEADER,
    name = "traceparent",
    ref = "#/components/parameters/Traceparent")
@RequestBody(
    required = true,
    content = {
      @Content(
          mediaType = MediaType.APPLICATION_JSON,
          schema = @Schema(implementation = InferRequest.class)),
      @Content(
          mediaType = MediaType.APPLICATION_OCTET_STREAM,
          schema =
              @Schema(
                  type = "string",
                  format = "binary",
                  description = "The JSON, and the raw data of inputs behind it."))
    })
@ApiResponse(
    responseCode = "200",
    description = "The outputs; those that were wanted as raw data follow behind the JSON.",
    headers =
        @Header(
            name = "Inference-Header-Content-Length",
            description = "Bytes of the JSON, when raw data follows.",
            schema = @Schema(type = "integer")),
    content = {
      @Content(
          mediaType = MediaType.APPLICATION_JSON,
          schema = @Schema(implementation = InferResponse.class)),
      @Content(
          mediaType = MediaType.APPLICATION_OCTET_STREAM,
          schema = @Schema(type = "string", format = "binary"))
    })
@ApiResponse(
    responseCode = "202",
    description = "With Prefer: respond-async: the job, as the native API shows it, is accepted.",
    headers =
        @Header(
            name = "Location",
            description = "Where to read the job.",
            schema = @Schema(type = "string")),
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(ref = "#/components/schemas/Job")))
@ApiResponse(
    responseCode = "400",
    description = "The request is not valid, or the model refused its inputs.",
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = InferenceProblem.class)))
@ApiResponse(
    responseCode = "404",
    description = "No such model is deployed, or it has no such version.",
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = InferenceProblem.class)))
@ApiResponse(
    responseCode = "413",
    description = "The body is too large.",
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = InferenceProblem.class)))
@ApiResponse(
    responseCode = "429",
    description = "The tenant's quota is used up.",
    headers =
        @Header(
            name = "Retry-After",
            description = "Seconds after which to ask again.",
            schema = @Schema(type = "integer")),
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = InferenceProblem.class)))
@ApiResponse(
    responseCode = "500",
    description = "The model failed.",
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = InferenceProblem.class)))
@ApiResponse(
    responseCode = "503",
    description = "Too much under way, or the model does not take requests now.",
    headers =
        @Header(
            name = "Retry-After",
            description = "Seconds after which to ask again.",
            schema = @Schema(type = "integer")),
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = InferenceProblem.class)))
@ApiResponse(
    responseCode = "504",
    description = "The result was not there in time. The job goes on; the error names it.",
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = InferenceProblem.class)))
@interface InferResponses {}
