package io.millrace.inference.infer;

import io.millrace.models.InvalidInputException;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.util.List;

/** The input of the models of these tests: one text that is not empty. */
final class SingleText {

  private SingleText() {}

  static String of(List<Tensor> inputs) throws InvalidInputException {
    try {
      String text = Tensors.strings(inputs.get(0)).get(0);
      if (text.isEmpty()) {
        throw new InvalidInputException("text: expected at least one character");
      }
      return text;
    } catch (InvalidTensorException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()));
    }
  }
}
