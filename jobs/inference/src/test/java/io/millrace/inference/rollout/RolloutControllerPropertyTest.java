package io.millrace.inference.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.EffectiveDeployment;
import io.millrace.schemas.avro.RolloutAction;
import io.millrace.schemas.avro.RolloutCommandAction;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever happens in whatever order, over restores from old checkpoints: what the log then says.
 */
class RolloutControllerPropertyTest {

  /** Something that happens. */
  enum Happening {
    GOOD_ANSWERS,
    BAD_ANSWERS,
    READ,
    READ_AGAIN,
    READY_AGAIN,
    TIME,
    LONG_TIME,
    PAUSE,
    RESUME,
    PROMOTE,
    ABORT,
    CHECKPOINT,
    RESTORE
  }

  @Property(tries = 300)
  void theLogIsOneStory(@ForAll("happenings") List<Happening> happenings) {
    RolloutWorld world = RolloutWorld.begun(happenings.size() % 2);
    List<RolloutWorld.Snapshot> checkpoints = new ArrayList<>(List.of(world.snapshot()));
    for (Happening happening : happenings) {
      happen(happening, world, checkpoints);
    }
    world.readAll();

    List<RolloutDecision> counted = world.counted();
    for (int i = 0; i < counted.size(); i++) {
      assertThat(counted.get(i).getSequence()).isEqualTo(i + 1);
    }
    for (int i = 1; i < counted.size(); i++) {
      RolloutDecision before = counted.get(i - 1);
      RolloutDecision after = counted.get(i);
      assertThat(EffectiveDeployment.isEnd(before.getPhase())).isFalse();
      if (before.getPaused() && after.getAction() != RolloutAction.PROMOTE) {
        assertThat(after.getTraffic().getWeight())
            .isLessThanOrEqualTo(before.getTraffic().getWeight());
      }
    }
    RolloutDecision last = counted.get(counted.size() - 1);
    assertThat(world.serving().traffic()).isEqualTo(last.getTraffic());
    if (last.getPhase() == RolloutPhase.ROLLED_BACK) {
      assertThat(world.serving().traffic().getVersion()).isEqualTo(RolloutWorld.OLD);
      assertThat(world.serving().traffic().getCandidate()).isNull();
    }
  }

  private static void happen(
      Happening happening, RolloutWorld world, List<RolloutWorld.Snapshot> checkpoints) {
    switch (happening) {
      case GOOD_ANSWERS -> world.observe(100, 0);
      case BAD_ANSWERS -> world.observe(100, 0.8);
      case READ -> world.readNext();
      case READ_AGAIN -> world.readAgain();
      case READY_AGAIN -> world.ready(2, 0, 1);
      case TIME -> world.tick(1_500);
      case LONG_TIME -> world.tick(700_000);
      case PAUSE -> world.ask(RolloutCommandAction.PAUSE);
      case RESUME -> world.ask(RolloutCommandAction.RESUME);
      case PROMOTE -> world.ask(RolloutCommandAction.PROMOTE);
      case ABORT -> world.ask(RolloutCommandAction.ABORT);
      case CHECKPOINT -> checkpoints.add(world.snapshot());
      case RESTORE -> world.restore(checkpoints.get(checkpoints.size() / 2));
    }
  }

  @Provide
  Arbitrary<List<Happening>> happenings() {
    Arbitrary<Happening> often =
        Arbitraries.of(Happening.GOOD_ANSWERS, Happening.READ, Happening.BAD_ANSWERS);
    return Arbitraries.oneOf(often, Arbitraries.of(Happening.class)).list().ofMaxSize(60);
  }
}
