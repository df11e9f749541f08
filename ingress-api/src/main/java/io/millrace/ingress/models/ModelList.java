package io.millrace.ingress.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The models as the API shows them. */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "The models that are deployed or registered, by name.")
record ModelList(List<Model> models) {

  ModelList {
    models = List.copyOf(models);
  }
}
