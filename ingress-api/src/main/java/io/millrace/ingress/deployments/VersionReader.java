package io.millrace.ingress.deployments;

import io.millrace.ingress.models.DeployedModels;
import io.millrace.ingress.models.RegisteredModels;
import io.millrace.ingress.protocol.ObjectReader;
import io.millrace.ingress.protocol.Violations;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the versions of a model that a body names, by number or alias. When any version of the
 * model is registered it must be one of those.
 */
public final class VersionReader {

  private static final int MAX_LENGTH = 100;

  private final RegisteredModels registered;
  private final String model;
  private final ObjectReader reader;
  private final Violations violations;

  public VersionReader(
      RegisteredModels registered, String model, ObjectReader reader, Violations violations) {
    this.registered = registered;
    this.model = model;
    this.reader = reader;
    this.violations = violations;
  }

  /** A version; null, and a violation, when it is none of the model. */
  public @Nullable String version(String pointer) throws IOException {
    String name = reader.text(pointer, MAX_LENGTH);
    if (name == null) {
      return null;
    }
    if (registered.versions(model).isEmpty()) {
      if (DeployedModels.isVersion(name)) {
        return name;
      }
      violations.add(pointer, "expected a version like 1.0.0; none of the model is registered");
      return null;
    }
    String version = registered.resolve(model, name).orElse(null);
    if (version == null) {
      violations.add(
          pointer,
          "expected a registered version or an alias; GET /v1/models/%s/versions lists them"
              .formatted(model));
    }
    return version;
  }
}
