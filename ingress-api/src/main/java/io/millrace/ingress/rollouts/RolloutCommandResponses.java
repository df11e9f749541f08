package io.millrace.ingress.rollouts;

import io.micronaut.http.MediaType;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is answered to an operator who asks something of a rollout, for the API's description. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ApiResponse(
    responseCode = "200",
    description = "The rollout after the decision.",
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Rollout.class)))
@ApiResponse(
    responseCode = "202",
    description = "The rollout as it is; the command is in the log, but not decided yet.",
    content =
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Rollout.class)))
@ApiResponse(responseCode = "400", ref = "#/components/responses/Malformed")
@ApiResponse(responseCode = "404", ref = "#/components/responses/UnknownModel")
@ApiResponse(responseCode = "409", ref = "#/components/responses/NoRollout")
@ApiResponse(responseCode = "413", ref = "#/components/responses/TooLarge")
@ApiResponse(responseCode = "415", ref = "#/components/responses/UnsupportedMediaType")
@ApiResponse(responseCode = "422", ref = "#/components/responses/Invalid")
@ApiResponse(responseCode = "503", ref = "#/components/responses/NotChanged")
@interface RolloutCommandResponses {}
