package io.millrace.local.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which versions answer the requests of a model, as the API shows it.
 *
 * @param weight share of the requests that the candidate answers
 * @param shadowShare share of the others that it answers unseen
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApiTraffic(
    String version,
    @Nullable String candidate,
    double weight,
    @JsonProperty("shadow_share") double shadowShare) {}
