package io.millrace.ingress.jobs;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.protocol.InferenceRequest;
import io.millrace.ingress.protocol.Violations;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.Tensor;
import io.millrace.schemas.avro.TensorMetadata;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Refuses early what the job would refuse: a request that does not fit the signature of the version
 * that will answer it. Shapes and contents are the job's to judge.
 */
final class SignatureCheck {

  private SignatureCheck() {}

  /**
   * Compares the inputs and the wanted outputs with the signature.
   *
   * @throws ProblemException {@code INVALID_REQUEST} with everything found
   */
  static void check(ModelMetadata version, InferenceRequest request) {
    Violations violations = new Violations();
    inputs(version, request.inputs(), violations);
    for (int i = 0; i < request.outputs().size(); i++) {
      String output = request.outputs().get(i);
      if (version.getOutputs().stream().noneMatch(known -> known.getName().equals(output))) {
        violations.add("/outputs/" + i + "/name", "expected one of " + names(version.getOutputs()));
      }
    }
    violations.throwIfAny();
  }

  private static void inputs(ModelMetadata version, List<Tensor> inputs, Violations violations) {
    for (int i = 0; i < inputs.size(); i++) {
      Tensor input = inputs.get(i);
      TensorMetadata known =
          version.getInputs().stream()
              .filter(tensor -> tensor.getName().equals(input.getName()))
              .findFirst()
              .orElse(null);
      if (known == null) {
        violations.add("/inputs/" + i + "/name", "expected one of " + names(version.getInputs()));
      } else if (known.getDatatype() != input.getDatatype()) {
        violations.add(
            "/inputs/" + i + "/datatype",
            "expected %s, found %s".formatted(known.getDatatype(), input.getDatatype()));
      }
    }
    for (TensorMetadata known : version.getInputs()) {
      if (inputs.stream().noneMatch(input -> input.getName().equals(known.getName()))) {
        violations.add(
            "/inputs",
            "expected a tensor '%s' of datatype %s, found none"
                .formatted(known.getName(), known.getDatatype()));
      }
    }
  }

  private static String names(List<TensorMetadata> tensors) {
    return tensors.stream()
        .map(tensor -> "'" + tensor.getName() + "'")
        .collect(Collectors.joining(", "));
  }
}
