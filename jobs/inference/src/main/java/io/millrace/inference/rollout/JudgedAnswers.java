package io.millrace.inference.rollout;

import io.millrace.schemas.EffectiveDeployment;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets the answers pass whose labels a rollout wants to know: others need not wait for days for a
 * feedback that nobody asks for.
 */
final class JudgedAnswers extends BroadcastProcessFunction<Observation, Control, Observation> {

  private static final long serialVersionUID = 1L;

  /** The revision of each model whose accuracy is guarded; at most one a model. */
  static final MapStateDescriptor<String, Long> REVISIONS =
      new MapStateDescriptor<>("judged-revisions", Types.STRING, Types.LONG);

  @Override
  public void processElement(
      Observation observation, ReadOnlyContext context, Collector<Observation> out)
      throws Exception {
    // The shadow answers to nobody, so nobody judges it.
    if (observation.label() == null || observation.arm() == Arm.SHADOW) {
      return;
    }
    Long judged = context.getBroadcastState(REVISIONS).get(observation.model());
    if (judged != null && judged == observation.revision()) {
      out.collect(observation);
    }
  }

  @Override
  public void processBroadcastElement(Control control, Context context, Collector<Observation> out)
      throws Exception {
    BroadcastState<String, Long> judged = context.getBroadcastState(REVISIONS);
    Deployment deployment = control.deployment();
    if (deployment != null && isGuarded(deployment)) {
      judged.put(control.model(), deployment.getRevision());
    }
    RolloutDecision decision = control.decision();
    Long revision = judged.get(control.model());
    if (decision != null
        && revision != null
        && revision == decision.getRevision()
        && EffectiveDeployment.isEnd(decision.getPhase())) {
      judged.remove(control.model());
    }
  }

  private static boolean isGuarded(Deployment deployment) {
    return deployment.getRollout() != null && deployment.getRollout().getAccuracy() != null;
  }
}
