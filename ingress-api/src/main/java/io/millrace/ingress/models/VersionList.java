package io.millrace.ingress.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The registered versions of a model as the API shows them. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "The registered versions of a model, the lowest first.")
record VersionList(List<RegisteredVersion> versions) {

  VersionList {
    versions = List.copyOf(versions);
  }
}
