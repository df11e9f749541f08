package io.millrace.models.packages;

import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.schemas.avro.Datatype;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One number of each row of a tensor model's input, as a feature. Its name is {@code <input>[i]},
 * or {@code <input>} alone where a row has one number of it. Inputs whose rows vary in size have no
 * columns.
 *
 * @param input the index of the input in the signature
 * @param element its place in the row, counted row-major over the row's dimensions
 * @param elements numbers of a row of the input
 */
public record InputColumn(String name, int input, int element, int elements) {

  private static final Pattern INDEXED = Pattern.compile("(.+)\\[(0|[1-9]\\d{0,8})]");

  /** The first columns of the inputs, in the order of the signature. */
  static List<InputColumn> first(ModelManifest manifest, int most) {
    List<InputColumn> columns = new ArrayList<>();
    for (int input = 0; input < manifest.inputs().size(); input++) {
      int elements = elements(manifest, input);
      String name = manifest.inputs().get(input).name();
      for (int i = 0; i < elements && columns.size() < most; i++) {
        columns.add(
            new InputColumn(elements == 1 ? name : name + "[" + i + "]", input, i, elements));
      }
    }
    return columns;
  }

  /** The column of a name; empty when the signature has none such. */
  public static Optional<InputColumn> of(ModelManifest manifest, String name) {
    for (int input = 0; input < manifest.inputs().size(); input++) {
      if (manifest.inputs().get(input).name().equals(name) && elements(manifest, input) == 1) {
        return Optional.of(new InputColumn(name, input, 0, 1));
      }
    }
    Matcher indexed = INDEXED.matcher(name);
    if (indexed.matches()) {
      int element = Integer.parseInt(indexed.group(2));
      for (int input = 0; input < manifest.inputs().size(); input++) {
        int elements = elements(manifest, input);
        if (manifest.inputs().get(input).name().equals(indexed.group(1))
            && elements > 1
            && element < elements) {
          return Optional.of(new InputColumn(name, input, element, elements));
        }
      }
    }
    return Optional.empty();
  }

  /** The columns that a signature has, for a message. */
  static List<String> ranges(ModelManifest manifest) {
    List<String> ranges = new ArrayList<>();
    for (int input = 0; input < manifest.inputs().size(); input++) {
      int elements = elements(manifest, input);
      String name = manifest.inputs().get(input).name();
      if (elements == 1) {
        ranges.add(name);
      } else if (elements > 1) {
        ranges.add("%s[0] to %s[%d]".formatted(name, name, elements - 1));
      }
    }
    return ranges;
  }

  /** Numbers that a row has of an input; 0 when it has none or how many varies. */
  private static int elements(ModelManifest manifest, int input) {
    TensorSpec spec = manifest.inputs().get(input);
    if (spec.datatype() == Datatype.BYTES) {
      return 0;
    }
    long elements = 1;
    for (long size : spec.shape().subList(hasRows(manifest) ? 1 : 0, spec.shape().size())) {
      if (size <= 0) {
        return 0;
      }
      elements = Math.min(elements * Math.min(size, Integer.MAX_VALUE), Integer.MAX_VALUE);
    }
    return (int) elements;
  }

  /** Whether all tensors begin with a dimension that varies, so that it can be that of the rows. */
  private static boolean hasRows(ModelManifest manifest) {
    return Stream.concat(manifest.inputs().stream(), manifest.outputs().stream())
        .allMatch(tensor -> !tensor.shape().isEmpty() && tensor.shape().get(0) == -1);
  }
}
