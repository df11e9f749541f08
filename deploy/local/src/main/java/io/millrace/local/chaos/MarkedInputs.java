package io.millrace.local.chaos;

import io.millrace.local.stack.LocalStack;
import io.millrace.models.faulty.Faults;
import io.millrace.models.faulty.Marker;
import io.millrace.schemas.avro.ErrorReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One input in a hundred makes each model call that holds it go wrong. Exactly these jobs fail, for
 * the reason of the fault, and their batch mates succeed.
 */
record MarkedInputs(
    String name,
    String about,
    int requests,
    Marker marker,
    ErrorReason reason,
    UnaryOperator<Faults> further)
    implements Scenario {

  private static final int EVERY = 100;

  static MarkedInputs poison() {
    return new MarkedInputs(
        "poison",
        "1 % of the inputs make each model call that holds them throw: exactly these fail"
            + " (MODEL_FAILURE), all others succeed.",
        2_000,
        Marker.THROW,
        ErrorReason.MODEL_FAILURE,
        faults -> faults);
  }

  static MarkedInputs nan() {
    return new MarkedInputs(
        "nan",
        "1 % of the inputs make each model call that holds them answer NaN: exactly these fail"
            + " (NON_FINITE_OUTPUT), all others succeed.",
        2_000,
        Marker.NAN,
        ErrorReason.NON_FINITE_OUTPUT,
        faults -> faults);
  }

  /** Beside the inputs, batches over a size ask for more memory than there is. */
  static MarkedInputs oom() {
    return new MarkedInputs(
        "oom",
        "1 % of the inputs, and all batches of more than 8, ask for more memory than there is:"
            + " exactly these inputs fail (OUT_OF_MEMORY), all others succeed, in smaller batches.",
        2_000,
        Marker.OOM,
        ErrorReason.OUT_OF_MEMORY,
        faults -> faults.withMaxBatchSize(8));
  }

  @Override
  public ScenarioReport run(ChaosContext context) throws Exception {
    ChaosStack stack = ChaosStack.start(context, new Setup().faulty(Setup.FAULTY, further));
    Load.Phase phase = stack.send(questions(context.requests()));
    Findings findings = new Findings();
    findings.note("speed", "%.0f requests/s".formatted(phase.perSecond()));
    ScenarioReport report = stack.report(name, findings);
    return report;
  }

  private List<Question> questions(int count) {
    Texts texts = new Texts(ChaosContext.SEED);
    Expectation fails = Expectation.failure(reason);
    List<Question> questions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String text = texts.next();
      questions.add(
          i % EVERY == EVERY / 2
              ? Question.of(LocalStack.SAMPLE_MODEL, text + " " + marker.text(), fails)
              : Question.of(LocalStack.SAMPLE_MODEL, text, Expectation.success()));
    }
    return questions;
  }
}
