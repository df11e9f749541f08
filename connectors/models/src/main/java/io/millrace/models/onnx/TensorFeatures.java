package io.millrace.models.onnx;

import io.millrace.models.Features;
import io.millrace.models.features.FeatureNames;
import io.millrace.models.features.RowFeatures;
import io.millrace.models.packages.InputColumn;
import io.millrace.models.packages.ModelManifest;
import io.millrace.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes the features of tensor models: numbers of the inputs, and the norm of the outputs.
 *
 * @param columns those of the inputs that are wanted
 * @param wanted all that are
 */
record TensorFeatures(List<InputColumn> columns, Set<String> wanted) {

  TensorFeatures {
    columns = List.copyOf(columns);
    wanted = Set.copyOf(wanted);
  }

  static TensorFeatures of(ModelManifest manifest) {
    List<String> names = manifest.effectiveFeatures();
    return new TensorFeatures(
        names.stream().flatMap(name -> InputColumn.of(manifest, name).stream()).toList(),
        Set.copyOf(names));
  }

  /**
   * The features of each row of an item.
   *
   * @param outputs of the item
   */
  List<Features> rows(TensorItem item, List<Tensor> outputs) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<TensorRows> inputs =
        item.inputs().stream().map(input -> new TensorRows(input, item.rows())).toList();
    List<TensorRows> answers =
        outputs.stream().map(output -> new TensorRows(output, item.rows())).toList();
    List<Features> rows = new ArrayList<>(item.rows());
    for (int i = 0; i < item.rows(); i++) {
      int row = i;
      RowFeatures features = new RowFeatures(wanted);
      features.number(FeatureNames.OUTPUT_NORM, () -> norm(answers, row));
      // After the norm: an input that is called as it counts.
      for (InputColumn column : columns) {
        features.number(column.name(), () -> value(inputs.get(column.input()), row, column));
      }
      rows.add(features.build());
    }
    return rows;
  }

  /** NaN when the tensor has rows of another size than the signature says. */
  private static double value(TensorRows tensor, int row, InputColumn column) {
    return tensor.elements() == column.elements()
        ? tensor.value(row, column.element())
        : Double.NaN;
  }

  /** NaN when no output has fractions. */
  private static double norm(List<TensorRows> outputs, int row) {
    double squares = 0;
    boolean any = false;
    for (TensorRows output : outputs) {
      if (output.hasFractions()) {
        squares += output.sumOfSquares(row);
        any = true;
      }
    }
    return any ? Math.sqrt(squares) : Double.NaN;
  }
}
