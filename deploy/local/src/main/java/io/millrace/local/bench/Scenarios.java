package io.millrace.local.bench;

import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.http.IngressScenario;
import io.millrace.local.bench.http.LatencyScenario;
import io.millrace.local.bench.model.BatchingScenario;
import io.millrace.local.bench.model.CostScenario;
import io.millrace.local.bench.model.LimitScenario;
import io.millrace.local.bench.stream.CrayfishScenario;
import io.millrace.local.bench.stream.DedupStateScenario;
import io.millrace.local.bench.stream.DriftScenario;
import io.millrace.local.bench.stream.PipelineScenario;
import io.millrace.local.bench.stream.RecoveryScenario;
import java.util.List;

/** All scenarios, in the order in which {@code bench all} measures them. */
final class Scenarios {

  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        new LimitScenario(),
        new PipelineScenario(),
        new BatchingScenario(),
        new LatencyScenario(),
        new CostScenario(),
        new IngressScenario(),
        new DedupStateScenario(),
        new CrayfishScenario(),
        new RecoveryScenario(OwnCluster::start),
        new DriftScenario());
  }
}
