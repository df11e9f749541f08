package io.millrace.local.chaos;

import io.millrace.local.stack.LocalStack;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceResult;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A model goes down and comes up again. */
final class Breaker implements Scenario {

  private static final String MODEL = LocalStack.SAMPLE_MODEL;

  /** Successes in a row that show that the breaker has closed; more than it probes with. */
  private static final int CLOSED = 30;

  private static final int MOST_PROBES = 600;

  @Override
  public String name() {
    return "breaker";
  }

  @Override
  public String about() {
    return "The model works, is down, works again: all succeed; all fail, soon without being tried"
        + " (CIRCUIT_OPEN); probes find it up, and all succeed again.";
  }

  @Override
  public int requests() {
    return 1_500;
  }

  @Override
  public ScenarioReport run(ChaosContext context) throws Exception {
    Switch model = Switch.in(context);
    ChaosStack stack =
        ChaosStack.start(
            context,
            new Setup()
                .faulty(Setup.FAULTY, faults -> faults.withFailWhile(model.file()))
                .job("MODELS_BREAKER_WAIT_DURATION_IN_OPEN_STATE", "1s"));
    Texts texts = new Texts(ChaosContext.SEED);
    int third = context.requests() / 3;
    Findings findings = new Findings();
    stack.event("the model works");
    Load.Phase healthy = stack.send(texts.questions(third, MODEL, Expectation.success()));
    findings.note("speed, the model works", "%.0f requests/s".formatted(healthy.perSecond()));
    model.down();
    stack.event("the model is down");
    Expectation fails = Expectation.failure(ErrorReason.MODEL_FAILURE, ErrorReason.CIRCUIT_OPEN);
    Load.Phase down = stack.send(texts.questions(third, MODEL, fails));
    findings.note("speed, the model is down", "%.0f requests/s".formatted(down.perSecond()));
    model.up();
    stack.event("probing");
    int probes = probe(stack, texts, fails);
    findings.note("probes until it was closed", "%,d".formatted(probes));
    stack.event("the model works again");
    Load.Phase again =
        stack.send(texts.questions(context.requests() - 2 * third, MODEL, Expectation.success()));
    findings.note("speed, it works again", "%.0f requests/s".formatted(again.perSecond()));
    stack.awaitResults();
    long open =
        stack.audit().results(stack.log().acceptedJobs().keySet()).stream()
            .filter(Breaker::refused)
            .count();
    findings.note(
        "times that the breaker opened",
        "%,d".formatted(stack.metrics().value(Setup.FAULTY, "millrace_breaker_opened_total")));
    findings.check("refused without a try", open > 0, "%,d (CIRCUIT_OPEN)".formatted(open));
    return stack.report(name(), findings);
  }

  /** Asks one at a time until the breaker lets all through; counts those before. */
  private static int probe(ChaosStack stack, Texts texts, Expectation fails)
      throws InterruptedException, ExecutionException {
    Expectation either = Expectation.success().or(fails);
    int probes = 0;
    for (int inRow = 0; inRow < CLOSED && probes < MOST_PROBES; ) {
      probes++;
      boolean answered = stack.ask(Question.of(MODEL, texts.next(), either));
      inRow = answered ? inRow + 1 : 0;
      if (!answered) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    return Math.max(0, probes - CLOSED);
  }

  private static boolean refused(InferenceResult result) {
    return result.getError() != null && result.getError().getReason() == ErrorReason.CIRCUIT_OPEN;
  }
}
