package io.millrace.local.chaos;

import io.millrace.local.stack.LocalStack;
import java.time.Duration;

/** The broker is away for a while in mid-load and comes back with what it had. */
final class BrokerRestart implements Scenario {

  private static final Duration AWAY = Duration.ofSeconds(3);

  @Override
  public String name() {
    return "broker-restart";
  }

  @Override
  public String about() {
    return "The broker is stopped in mid-load for 3 s and started again on its directory: every"
        + " accepted job succeeds, once.";
  }

  @Override
  public int requests() {
    return 3_000;
  }

  @Override
  public ScenarioReport run(ChaosContext context) throws Exception {
    ChaosStack stack = ChaosStack.start(context, new Setup());
    Load.Phase phase =
        stack.send(
            new Texts(ChaosContext.SEED)
                .questions(context.requests(), LocalStack.SAMPLE_MODEL, Expectation.success()),
            context.requests() / 3,
            stack.outage("the broker", stack.stack().brokerOutage(), AWAY));
    Findings findings = new Findings();
    findings.note("broker", "away for %d s".formatted(AWAY.toSeconds()));
    findings.note(
        "load", "%,d requests in %,d s".formatted(phase.requests(), phase.took().toSeconds()));
    return stack.report(name(), findings);
  }
}
