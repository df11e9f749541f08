package io.millrace.models.onnx;

import io.millrace.models.InvalidInputException;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.util.List;

/**
 * Reads the texts out of a request.
 *
 * @param spec the one tensor that a request must carry
 * @param maxTexts most texts of a request
 */
record TextInput(TensorSpec spec, int maxTexts) {

  /** Far more than a model reads of a text; tokenising a million takes seconds. */
  private static final int MAX_CHARACTERS = 1 << 16;

  /**
   * @return at least one text
   * @throws InvalidInputException says what was expected
   */
  List<String> texts(List<Tensor> inputs) throws InvalidInputException {
    Tensor tensor = single(inputs);
    if (tensor.getDatatype() != spec.datatype()) {
      throw refused("its datatype is " + tensor.getDatatype());
    }
    List<Long> shape = tensor.getShape();
    if (shape.size() != 1 || shape.get(0) < 0) {
      throw refused("its shape is " + shape);
    }
    if (shape.get(0) == 0) {
      throw refused("it holds no text");
    }
    if (shape.get(0) > maxTexts) {
      throw refused("it holds " + shape.get(0) + " texts, at most " + maxTexts + " are allowed");
    }
    try {
      List<String> texts = Tensors.strings(tensor);
      requireShort(texts);
      return texts;
    } catch (InvalidTensorException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()));
    }
  }

  private void requireShort(List<String> texts) throws InvalidInputException {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).length() > MAX_CHARACTERS) {
        throw refused("text " + i + " is longer than " + MAX_CHARACTERS + " characters");
      }
    }
  }

  private Tensor single(List<Tensor> inputs) throws InvalidInputException {
    if (inputs.size() != 1) {
      throw refused("there are " + inputs.size() + " tensors");
    }
    Tensor tensor = inputs.get(0);
    if (!tensor.getName().equals(spec.name())) {
      throw refused("its name is another");
    }
    return tensor;
  }

  private InvalidInputException refused(String found) {
    return new InvalidInputException(
        "expected one input tensor '%s' of datatype %s and shape %s, but %s"
            .formatted(spec.name(), spec.datatype(), spec.shape(), found));
  }
}
