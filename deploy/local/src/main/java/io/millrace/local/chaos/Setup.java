package io.millrace.local.chaos;

import io.millrace.local.stack.DeploymentTerms;
import io.millrace.local.stack.LocalStack;
import io.millrace.models.ModelVersion;
import io.millrace.models.faulty.Faults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a scenario needs besides the sample model. */
final class Setup {

  /** The sample model in a version that goes wrong; newer than the good one. */
  static final ModelVersion FAULTY = new ModelVersion(LocalStack.SAMPLE_MODEL, "2.0.0");

  static final int CONCURRENCY = 128;

  private final Map<ModelVersion, UnaryOperator<Faults>> faulty = new LinkedHashMap<>();
  private final Map<String, DeploymentTerms> terms = new LinkedHashMap<>();
  private final Map<String, String> jobSettings = new LinkedHashMap<>();
  private int concurrency = CONCURRENCY;

  /** Adds a copy of the sample model that goes wrong. */
  Setup faulty(ModelVersion copy, UnaryOperator<Faults> faults) {
    faulty.put(copy, faults);
    return this;
  }

  Setup deployed(String model, DeploymentTerms with) {
    terms.put(model, with);
    return this;
  }

  /**
   * Sets a setting of the inference job.
   *
   * @param name what follows {@code MILLRACE_INFERENCE_}
   */
  Setup job(String name, String value) {
    jobSettings.put("MILLRACE_INFERENCE_" + name, value);
    return this;
  }

  Setup concurrency(int requests) {
    concurrency = requests;
    return this;
  }

  int concurrency() {
    return concurrency;
  }

  Map<ModelVersion, UnaryOperator<Faults>> faulty() {
    return faulty;
  }

  Map<String, DeploymentTerms> terms() {
    return terms;
  }

  Map<String, String> jobSettings() {
    return jobSettings;
  }

  /** The sample model and all that are added. */
  List<String> models() {
    return Stream.concat(
            Stream.of(LocalStack.SAMPLE_MODEL), faulty.keySet().stream().map(ModelVersion::model))
        .distinct()
        .toList();
  }
}
