package io.millrace.ingress.operations;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the server, or what it needs, is well.
 *
 * @param checks what was looked at: {@code ok}, or what is missing
 */
@Serdeable.Serializable
@Schema(description = "Whether the server can work.")
public record Health(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            type = "string",
            allowableValues = {"up", "down"},
            example = "up")
        String status,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(
            nullable = true,
            description = "What was looked at: ok, or what is missing.",
            example = "{\"kafka\": \"ok\", \"deployments\": \"ok\", \"redis\": \"ok\"}")
        Map<String, String> checks) {

  static final String OK = "ok";

  private static final String UP = "up";

  static Health up() {
    return new Health(UP, Map.of());
  }

  static Health of(Map<String, String> checks) {
    boolean well = checks.values().stream().allMatch(OK::equals);
    return new Health(well ? UP : "down", new TreeMap<>(checks));
  }

  @JsonIgnore
  public boolean isUp() {
    return status.equals(UP);
  }
}
