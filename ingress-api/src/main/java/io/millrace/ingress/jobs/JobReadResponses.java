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

/** What reading a job answers, for the API's description. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(in = ParameterIn.HEADER, name = "Prefer", ref = "#/components/parameters/Prefer")
@ApiResponse(
    responseCode = "200",
    description = "The job as it is now.",
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
    responseCode = "404",
    description = "No such job was accepted.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "410",
    description = "The job's result is no longer kept.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(
    responseCode = "503",
    description = "Status and results cannot be read now, or are being rebuilt.",
    headers =
        @Header(
            name = "Retry-After",
            description = "Seconds after which to ask again.",
            schema = @Schema(type = "integer")),
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@interface JobReadResponses {}
