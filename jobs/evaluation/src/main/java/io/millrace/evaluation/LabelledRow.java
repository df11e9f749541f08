package io.millrace.evaluation;

import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.util.List;

/**
 * A row whose right class is known.
 *
 * @param inputs as a request carries them, of one row
 * @param label not blank
 */
public record LabelledRow(List<Tensor> inputs, String label) {

  public LabelledRow {
    inputs = List.copyOf(inputs);
    if (label.isBlank()) {
      throw new IllegalArgumentException("A row has a blank label, expected its class");
    }
  }

  public static LabelledRow ofText(String text, String label) {
    return new LabelledRow(List.of(Tensors.ofStrings("text", List.of(text))), label);
  }
}
