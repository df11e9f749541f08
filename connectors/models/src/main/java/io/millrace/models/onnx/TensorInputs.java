package io.millrace.models.onnx;

import io.millrace.models.InvalidInputException;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks the tensors of a request against the signature.
 *
 * @param specs the tensors that a request must carry, in any order
 * @param rowsShared whether the first dimension of all is the number of rows
 * @param maxRows most rows of a request where it is
 */
record TensorInputs(List<TensorSpec> specs, boolean rowsShared, int maxRows) {

  TensorInputs {
    specs = List.copyOf(specs);
  }

  /**
   * @throws InvalidInputException says what was expected
   */
  TensorItem item(List<Tensor> inputs) throws InvalidInputException {
    if (inputs.size() != specs.size()) {
      throw refused("there are " + inputs.size() + " tensors");
    }
    List<Tensor> ordered = new ArrayList<>(specs.size());
    for (TensorSpec spec : specs) {
      ordered.add(named(spec, inputs));
    }
    return new TensorItem(ordered, rowsShared ? rows(ordered) : 1);
  }

  /** An item of zeros; what varies must be the first dimension. */
  TensorItem zeros(int rows) {
    return new TensorItem(specs.stream().map(spec -> zeros(spec, rows)).toList(), rows);
  }

  private Tensor named(TensorSpec spec, List<Tensor> inputs) throws InvalidInputException {
    List<Tensor> found =
        inputs.stream().filter(tensor -> tensor.getName().equals(spec.name())).toList();
    if (found.size() != 1) {
      throw refused("'%s' is there %d times".formatted(spec.name(), found.size()));
    }
    Tensor tensor = found.get(0);
    if (tensor.getDatatype() != spec.datatype()) {
      throw refused("the datatype of '%s' is %s".formatted(spec.name(), tensor.getDatatype()));
    }
    if (!Shapes.fits(spec.shape(), tensor.getShape())) {
      throw refused("the shape of '%s' is %s".formatted(spec.name(), tensor.getShape()));
    }
    try {
      Tensors.validate(tensor);
    } catch (InvalidTensorException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()));
    }
    return tensor;
  }

  private int rows(List<Tensor> inputs) throws InvalidInputException {
    List<Long> rows = inputs.stream().map(input -> input.getShape().get(0)).distinct().toList();
    if (rows.size() > 1) {
      throw refused("their first dimensions differ: " + rows);
    }
    if (rows.get(0) < 1 || rows.get(0) > maxRows) {
      throw refused("there are %d rows, 1 to %d are allowed".formatted(rows.get(0), maxRows));
    }
    return Math.toIntExact(rows.get(0));
  }

  private static Tensor zeros(TensorSpec spec, int rows) {
    List<Long> shape = spec.shape().stream().map(size -> size < 0 ? (long) rows : size).toList();
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    int bytes = Math.toIntExact(elements * Tensors.elementBytes(spec.datatype()));
    return new Tensor(spec.name(), spec.datatype(), shape, ByteBuffer.allocate(bytes));
  }

  private InvalidInputException refused(String found) {
    return new InvalidInputException(
        "expected %s, but %s"
            .formatted(
                specs.stream()
                    .map(spec -> "'%s' %s%s".formatted(spec.name(), spec.datatype(), spec.shape()))
                    .collect(Collectors.joining(" and ", "the input ", "")),
                found));
  }
}
