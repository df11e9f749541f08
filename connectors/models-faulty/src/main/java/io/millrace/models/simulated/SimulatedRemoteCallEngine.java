package io.millrace.models.simulated;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.ModelPackage;
import java.io.IOException;

/** Loads a package whose calls only wait. An unknown key in its file is refused. */
public final class SimulatedRemoteCallEngine implements ModelEngine {

  /** What {@code model.yaml} says under {@code engine}. */
  public static final String NAME = "simulated-remote-call";

  static final YAMLMapper YAML = YAMLMapper.builder().build();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Model<?> load(ModelPackage modelPackage) throws ModelLoadException {
    try {
      return new SimulatedRemoteCallModel(
          YAML.readValue(
              modelPackage.file(SimulatedRemoteCall.FILE).toFile(), SimulatedRemoteCall.class));
    } catch (IOException e) {
      throw new ModelLoadException(
          "Model %s: %s: %s"
              .formatted(modelPackage.manifest().id(), SimulatedRemoteCall.FILE, e.getMessage()),
          e);
    }
  }
}
