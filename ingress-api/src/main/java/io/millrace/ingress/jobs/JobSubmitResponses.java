package io.millrace.ingress.jobs;

import io.micronaut.http.MediaType;
import io.millrace.ingress.problem.Problem;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What submitting a job answers, for the API's description. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(in = ParameterIn.HEADER, name = "Prefer", ref = "#/components/parameters/Prefer")
@Parameter(
    in = ParameterIn.HEADER,
    name = "traceparent",
    ref = "#/components/parameters/Traceparent")
@ApiResponse(
    responseCode = "200",
    description = "The job has ended within the wait.",
    headers =
        @Header(
            name = "Preference-Applied",
            description = "The wait that was honoured.",
            schema = @Schema(type = "string")),
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Job.class)))
@ApiResponse(
    responseCode = "202",
    description = "The job is accepted and will end in exactly one result.",
    headers = {
      @Header(
          name = "Location",
          description = "Where to read the job.",
          schema = @Schema(type = "string")),
      @Header(
          name = "Retry-After",
          description = "Seconds after which to read it.",
          schema = @Schema(type = "integer")),
      @Header(
          name = "Preference-Applied",
          description = "The wait that was honoured.",
          schema = @Schema(type = "string"))
    },
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Job.class)))
@ApiResponse(
    responseCode = "400",
    description = "The body is not JSON.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "404",
    description = "No such model is deployed.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "413",
    description = "The body is too large.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "415",
    description = "The body is not application/json.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "422",
    description = "The body is not a valid request; errors says where and why.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "429",
    description = "The tenant's quota is used up. The job was not accepted.",
    headers = {
      @Header(
          name = "Retry-After",
          description = "Seconds after which to submit again.",
          schema = @Schema(type = "integer")),
      @Header(
          name = "RateLimit-Policy",
          description = "The quota, and the seconds in which it comes back.",
          schema = @Schema(type = "string", example = "\"default\";q=100;w=10")),
      @Header(
          name = "RateLimit",
          description = "What is left of it, and the seconds after which all is there again.",
          schema = @Schema(type = "string", example = "\"default\";r=0;t=10"))
    },
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "503",
    description = "Too much under way, or the log does not acknowledge. The job was not accepted.",
    headers =
        @Header(
            name = "Retry-After",
            description = "Seconds after which to submit again.",
            schema = @Schema(type = "integer")),
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@interface JobSubmitResponses {}
