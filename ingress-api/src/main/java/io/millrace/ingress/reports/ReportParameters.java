package io.millrace.ingress.reports;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which reports a call asks for, and how it is refused, for the API's description. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(in = ParameterIn.QUERY, name = "window", ref = "#/components/parameters/ReportWindow")
@Parameter(in = ParameterIn.QUERY, name = "from", ref = "#/components/parameters/ReportFrom")
@Parameter(in = ParameterIn.QUERY, name = "to", ref = "#/components/parameters/ReportTo")
@Parameter(in = ParameterIn.QUERY, name = "at", ref = "#/components/parameters/ReportAt")
@Parameter(in = ParameterIn.QUERY, name = "format", ref = "#/components/parameters/ReportFormat")
@ApiResponse(responseCode = "400", ref = "#/components/responses/ReportsNotUnderstood")
@ApiResponse(responseCode = "404", ref = "#/components/responses/UnknownModel")
@ApiResponse(responseCode = "503", ref = "#/components/responses/ReportsUnavailable")
@interface ReportParameters {}
