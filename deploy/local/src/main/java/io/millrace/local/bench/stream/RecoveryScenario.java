package io.millrace.local.bench.stream;

import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.local.bench.load.Texts;
import java.util.List;

/** {@code recovery}. */
public final class RecoveryScenario implements Scenario {

  private static final int TEXTS = 20_000;

  private final RecoveryCluster.Starter clusters;

  /** A scenario over clusters. */
  public RecoveryScenario(RecoveryCluster.Starter clusters) {
    this.clusters = clusters;
  }

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public String about() {
    return "Seconds from kill -9 of a task manager to the first committed result that was computed"
        + " after it, under 50 requests a second, on a cluster of processes.";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.atMost("task_manager.seconds", 10));
  }

  @Override
  public List<Side> sides(BenchContext context) throws Exception {
    InstalledModel model = context.int8();
    TextMessages messages =
        new TextMessages(
            model.version().model(), "text", new Texts(context.texts()).distinct(TEXTS));
    return List.of(new Side("task_manager", () -> run(clusters, context, model, messages)));
  }

  private static Figures run(
      RecoveryCluster.Starter starter,
      BenchContext context,
      InstalledModel model,
      TextMessages messages)
      throws Exception {
    try (RecoveryCluster cluster = starter.start(context, model)) {
      return new RecoveryRun(cluster, messages).run();
    }
  }
}
