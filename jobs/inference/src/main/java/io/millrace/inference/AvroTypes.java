package io.millrace.inference;

import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutDecision;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Types of generic operators, which Flink cannot see by itself. */
final class AvroTypes {

  static final TypeInformation<InferenceCommand> COMMAND =
      TypeInformation.of(InferenceCommand.class);
  static final TypeInformation<Deployment> DEPLOYMENT = TypeInformation.of(Deployment.class);
  static final TypeInformation<RolloutDecision> DECISION =
      TypeInformation.of(RolloutDecision.class);
  static final TypeInformation<RolloutCommand> ROLLOUT_COMMAND =
      TypeInformation.of(RolloutCommand.class);
  static final TypeInformation<Feedback> FEEDBACK = TypeInformation.of(Feedback.class);

  private AvroTypes() {}
}
