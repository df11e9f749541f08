package io.millrace.local.chaos;

import io.millrace.local.stack.LocalStack;
import io.millrace.models.faulty.Faults;
import io.millrace.models.faulty.Marker;
import io.millrace.schemas.avro.ErrorReason;
import java.util.ArrayList;
import java.util.List;

/**
 * One input in a hundred makes each model call that holds it go wrong. Exactly these jobs fail, for
 * the reason of the fault, and their batch mates succeed.
 */
record MarkedInputs(String name, String about, Fault fault) implements Scenario {

  private static final int EVERY = 100;
  private static final int LARGEST_BATCH = 8;

  /** Names nothing of the fault engine, which is on the class path only when a scenario runs. */
  enum Fault {
    THROW,
    NAN,
    OOM
  }

  static MarkedInputs poison() {
    return new MarkedInputs(
        "poison",
        "1 % of the inputs make each model call that holds them throw: exactly these fail"
            + " (MODEL_FAILURE), all others succeed.",
        Fault.THROW);
  }

  static MarkedInputs nan() {
    return new MarkedInputs(
        "nan",
        "1 % of the inputs make each model call that holds them answer NaN: exactly these fail"
            + " (NON_FINITE_OUTPUT), all others succeed.",
        Fault.NAN);
  }

  static MarkedInputs oom() {
    return new MarkedInputs(
        "oom",
        "1 % of the inputs, and all batches of more than 8, ask for more memory than there is:"
            + " exactly these inputs fail (OUT_OF_MEMORY), all others succeed, in smaller batches.",
        Fault.OOM);
  }

  @Override
  public int requests() {
    return 2_000;
  }

  @Override
  public ScenarioReport run(ChaosContext context) throws Exception {
    ChaosStack stack = ChaosStack.start(context, new Setup().faulty(Setup.FAULTY, this::further));
    Load.Phase phase = stack.send(questions(context.requests()));
    Findings findings = new Findings();
    findings.note("speed", "%.0f requests/s".formatted(phase.perSecond()));
    RuntimeMetrics metrics = stack.metrics();
    findings.note(
        "failed batches run in halves",
        "%,d".formatted(metrics.value(Setup.FAULTY, "millrace_batch_splits_total")));
    findings.note(
        "bad items found alone",
        "%,d".formatted(metrics.value(Setup.FAULTY, "millrace_poison_isolated_total")));
    findings.note(
        "items in a batch at most, now",
        "%,d".formatted(metrics.value(Setup.FAULTY, "millrace_batch_limit")));
    return stack.report(name, findings);
  }

  private List<Question> questions(int count) {
    Texts texts = new Texts(ChaosContext.SEED);
    Expectation fails = Expectation.failure(reason());
    List<Question> questions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String text = texts.next();
      questions.add(
          i % EVERY == EVERY / 2
              ? Question.of(LocalStack.SAMPLE_MODEL, text + " " + marker().text(), fails)
              : Question.of(LocalStack.SAMPLE_MODEL, text, Expectation.success()));
    }
    return questions;
  }

  private Faults further(Faults faults) {
    return fault == Fault.OOM ? faults.withMaxBatchSize(LARGEST_BATCH) : faults;
  }

  private Marker marker() {
    return switch (fault) {
      case THROW -> Marker.THROW;
      case NAN -> Marker.NAN;
      case OOM -> Marker.OOM;
    };
  }

  private ErrorReason reason() {
    return switch (fault) {
      case THROW -> ErrorReason.MODEL_FAILURE;
      case NAN -> ErrorReason.NON_FINITE_OUTPUT;
      case OOM -> ErrorReason.OUT_OF_MEMORY;
    };
  }
}
