package io.millrace.local.chaos;

import io.millrace.local.stack.DeploymentTerms;
import io.millrace.local.stack.LocalStack;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.Origin;
import io.millrace.training.SampleModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Two models go down: one with a fallback version, one with nothing but its earlier answers. */
final class Fallback implements Scenario {

  private static final ModelVersion ALONE = new ModelVersion("support-desk-alone", "1.0.0");

  /**
   * So short that an earlier answer is stale, and not simply cached, when it is asked for again.
   */
  private static final Duration CACHE_TTL = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "fallback";
  }

  @Override
  public String about() {
    return "A model that is down has a fallback version: all succeed (FALLBACK). Another has none:"
        + " contents that it answered before succeed with the old answer (STALE) if the request"
        + " allows it, new ones fail.";
  }

  @Override
  public int requests() {
    return 1_600;
  }

  @Override
  public ScenarioReport run(ChaosContext context) throws Exception {
    Switch models = Switch.in(context);
    ChaosStack stack =
        ChaosStack.start(
            context,
            new Setup()
                .faulty(Setup.FAULTY, faults -> faults.withFailWhile(models.file()))
                .faulty(ALONE, faults -> faults.withFailWhile(models.file()))
                .deployed(
                    LocalStack.SAMPLE_MODEL,
                    new DeploymentTerms(SampleModel.VERSION.version(), CACHE_TTL))
                .deployed(ALONE.model(), new DeploymentTerms(null, CACHE_TTL)));
    Texts texts = new Texts(ChaosContext.SEED);
    int quarter = context.requests() / 4;
    List<String> answered = texts.next(quarter);
    stack.event("the models work");
    stack.send(
        answered.stream()
            .map(text -> Question.of(ALONE.model(), text, Expectation.success()))
            .toList());
    TimeUnit.MILLISECONDS.sleep(2 * CACHE_TTL.toMillis());
    models.down();
    stack.event("the models are down");
    Load.Phase down = stack.send(whileDown(texts, answered, context.requests() - quarter));
    Findings findings = new Findings();
    findings.note("speed, the models are down", "%.0f requests/s".formatted(down.perSecond()));
    return stack.report(name(), findings);
  }

  private static List<Question> whileDown(Texts texts, List<String> answered, int count) {
    List<Question> questions = new ArrayList<>();
    Expectation stale = Expectation.answer(Origin.STALE, ALONE.version());
    answered.forEach(
        text -> questions.add(Question.of(ALONE.model(), text, stale).allowingStale()));
    Expectation fails = Expectation.failure(ErrorReason.MODEL_FAILURE, ErrorReason.CIRCUIT_OPEN);
    texts
        .questions(answered.size(), ALONE.model(), fails)
        .forEach(question -> questions.add(question.allowingStale()));
    questions.addAll(
        texts.questions(
            count - questions.size(),
            LocalStack.SAMPLE_MODEL,
            Expectation.answer(Origin.FALLBACK, SampleModel.VERSION.version())));
    Collections.shuffle(questions, new Random(ChaosContext.SEED));
    return questions;
  }
}
