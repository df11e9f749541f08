package io.millrace.models.onnx;

import ai.djl.ndarray.types.DataType;
import ai.onnxruntime.TensorInfo;
import io.millrace.schemas.avro.Datatype;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The datatypes that requests, DJL's arrays and ONNX Runtime's Java API share. */
final class TensorTypes {

  /** In the order of a message that lists them. */
  static final List<Datatype> SUPPORTED =
      List.of(
          Datatype.FP32,
          Datatype.FP64,
          Datatype.INT32,
          Datatype.INT64,
          Datatype.INT8,
          Datatype.UINT8,
          Datatype.BOOL);

  private static final Map<Datatype, DataType> OF_DJL =
      Map.of(
          Datatype.FP32, DataType.FLOAT32,
          Datatype.FP64, DataType.FLOAT64,
          Datatype.INT32, DataType.INT32,
          Datatype.INT64, DataType.INT64,
          Datatype.INT8, DataType.INT8,
          Datatype.UINT8, DataType.UINT8,
          Datatype.BOOL, DataType.BOOLEAN);

  private TensorTypes() {}

  /** Empty for one that is not supported. The Java type would do not: it has no unsigned ones. */
  static Optional<Datatype> of(TensorInfo tensor) {
    return switch (tensor.onnxType) {
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Optional.of(Datatype.FP32);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Optional.of(Datatype.FP64);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Optional.of(Datatype.INT32);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Optional.of(Datatype.INT64);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> Optional.of(Datatype.INT8);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Optional.of(Datatype.UINT8);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> Optional.of(Datatype.BOOL);
      default -> Optional.empty();
    };
  }

  /** DJL's name of a supported datatype. */
  static DataType ofDjl(Datatype datatype) {
    DataType type = OF_DJL.get(datatype);
    if (type == null) {
      throw new IllegalArgumentException(datatype + " is none of " + SUPPORTED);
    }
    return type;
  }
}
