package io.millrace.evaluation.replay;

import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Submit;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Brings each job's submission and result together. Of copies the first in the log counts, as it
 * did for the inference job. State lives until the end of the bounded inputs.
 */
final class JoinFunction
    extends KeyedCoProcessFunction<String, LoggedCommand, LoggedResult, RecordedJob> {

  private static final long serialVersionUID = 1L;

  private transient ValueState<LoggedCommand> submission;
  private transient ValueState<LoggedResult> result;

  @Override
  public void open(OpenContext context) {
    submission =
        getRuntimeContext().getState(new ValueStateDescriptor<>("submission", LoggedCommand.class));
    result = getRuntimeContext().getState(new ValueStateDescriptor<>("result", LoggedResult.class));
  }

  @Override
  public void processElement1(LoggedCommand command, Context context, Collector<RecordedJob> out)
      throws Exception {
    LoggedCommand known = submission.value();
    if (known == null || command.offset() < known.offset()) {
      submission.update(command);
    }
    // At the end of the inputs.
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
  }

  @Override
  public void processElement2(LoggedResult found, Context context, Collector<RecordedJob> out)
      throws Exception {
    LoggedResult known = result.value();
    if (known == null || found.offset() < known.offset()) {
      result.update(found);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RecordedJob> out)
      throws Exception {
    LoggedResult found = result.value();
    Submit asked =
        (Submit) Objects.requireNonNull(submission.value(), "no submission").command().getCommand();
    out.collect(
        found == null
            ? RecordedJob.counted(
                asked.getVersion() == null ? RequestKind.UNANSWERED : RequestKind.PINNED)
            : recorded(asked, found.result()));
    submission.clear();
    result.clear();
  }

  private static RecordedJob recorded(Submit asked, InferenceResult result) {
    if (asked.getVersion() != null) {
      return RecordedJob.counted(RequestKind.PINNED);
    }
    return switch (result.getStatus()) {
      case CANCELLED -> RecordedJob.counted(RequestKind.CANCELLED);
      case EXPIRED -> RecordedJob.counted(RequestKind.EXPIRED);
      case FAILED -> RecordedJob.counted(RequestKind.FAILED);
      case SUCCEEDED ->
          ProductionAnswer.of(result)
              .map(answer -> new RecordedJob(RequestKind.COMPARABLE, asked.getInputs(), answer))
              .orElseGet(() -> RecordedJob.counted(RequestKind.OTHER_OUTPUTS));
    };
  }
}
