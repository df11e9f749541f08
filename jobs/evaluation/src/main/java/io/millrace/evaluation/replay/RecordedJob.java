package io.millrace.evaluation.replay;

import io.millrace.schemas.avro.Tensor;
import java.util.List;

/**
 * A request with what became of it.
 *
 * @param inputs to ask again; empty unless comparable
 */
public record RecordedJob(RequestKind kind, List<Tensor> inputs, ProductionAnswer answer) {

  static RecordedJob counted(RequestKind kind) {
    return new RecordedJob(kind, List.of(), ProductionAnswer.NONE);
  }
}
