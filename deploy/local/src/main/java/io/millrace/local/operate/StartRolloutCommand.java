package io.millrace.local.operate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.client.ApiRollout;
import io.millrace.local.client.OperatorClient;
import io.millrace.local.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace rollouts start}. */
@Command(
    name = "start",
    description =
        "Starts a rollout of a candidate that has passed its evaluation (millrace evaluate).",
    sortOptions = false)
final class StartRolloutCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Parameters(
      index = "1",
      paramLabel = "CANDIDATE",
      description = "A registered version, or an alias such as challenger.")
  private String candidate = "";

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "SHARE",
      description = "Ascending shares of the requests, like 0.05,0.25,0.5.")
  private List<Double> steps = List.of();

  @Option(
      names = "--shadow-share",
      paramLabel = "SHARE",
      description =
          "Share of the requests that it answers unseen before the first step; 0 for no"
              + " shadow.")
  private @Nullable Double shadowShare;

  @Option(
      names = "--min-observations",
      paramLabel = "N",
      description = "Observations of each version that a stage needs.")
  private @Nullable Integer minObservations;

  @Option(
      names = "--latency-threshold",
      paramLabel = "SECONDS",
      description = "Above which an answer is too slow. Default: 1.3 times production's p99.")
  private @Nullable Double latencyThreshold;

  @Option(
      names = "--override-evaluation",
      paramLabel = "WHY",
      description = "Start without a passed evaluation; the reason is recorded.")
  private @Nullable String override;

  @Option(names = "--follow", description = "Follow it until it ends.")
  private boolean follow;

  @Mixin private ApiOptions api = new ApiOptions();

  private final Terminal terminal;

  StartRolloutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    OperatorClient client = api.client();
    ApiRollout started = client.start(model, plan(client.object()));
    if (follow) {
      return new RolloutFollower(client, terminal).follow(model, started).phase().equals("promoted")
          ? 0
          : 1;
    }
    RolloutView.lines(started, terminal).forEach(terminal::line);
    return 0;
  }

  private ObjectNode plan(ObjectNode plan) {
    plan.put("candidate", candidate);
    if (!steps.isEmpty()) {
      ArrayNode array = plan.putArray("steps");
      steps.forEach(array::add);
    }
    if (shadowShare != null) {
      plan.put("shadow_share", shadowShare);
    }
    if (minObservations != null) {
      plan.put("min_observations", minObservations);
    }
    if (latencyThreshold != null) {
      // The API wants a guard in one piece; the other members are its defaults.
      plan.putObject("latency")
          .put("margin", 0.05)
          .put("minimum_detectable_effect", 0.05)
          .put("threshold_seconds", latencyThreshold);
    }
    if (override != null) {
      plan.put("override_evaluation", override);
    }
    return plan;
  }
}
