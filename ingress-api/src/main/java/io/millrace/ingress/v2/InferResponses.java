package io.millrace.ingress.v2;

import io.micronaut.http.MediaType;
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
@ApiResponse(responseCode = "400", ref = "#/components/responses/InferenceRefused")
@ApiResponse(responseCode = "404", ref = "#/components/responses/InferenceUnknownModel")
@ApiResponse(responseCode = "413", ref = "#/components/responses/InferenceTooLarge")
@ApiResponse(responseCode = "429", ref = "#/components/responses/InferenceQuotaExceeded")
@ApiResponse(responseCode = "500", ref = "#/components/responses/InferenceFailed")
@ApiResponse(responseCode = "503", ref = "#/components/responses/InferenceUnavailable")
@ApiResponse(responseCode = "504", ref = "#/components/responses/InferenceTimeout")
@interface InferResponses {}
