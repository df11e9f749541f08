package io.millrace.inference.route;

import static io.millrace.inference.traffic.Traffics.decision;
import static io.millrace.inference.traffic.Traffics.rollout;
import static io.millrace.inference.traffic.Traffics.split;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.rollout.Arm;
import io.millrace.inference.traffic.ModelTraffic;
import io.millrace.inference.traffic.Serving;
import io.millrace.inference.traffic.Traffics;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.RolloutPhase;
import io.millrace.schemas.avro.Submit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {

  private static final InferenceCommand COMMAND = Commands.command("job-1", "hello");

  @Test
  void withoutACandidateNobodyObserves() {
    RoutedRequest request = only(Router.route(COMMAND, serving(Traffics.deployment(1, "1.0.0"))));

    assertThat(request.version()).isEqualTo("1.0.0");
    assertThat(request.arm()).isNull();
    assertThat(request.revision()).isZero();
    assertThat(request.standIns()).isEmpty();
  }

  @Test
  void productionAndThenTheFallbackStandInForACandidate() {
    Deployment deployment = split(4, "1.0.0", "2.0.0", 1);
    deployment.setFallbackVersion("0.9.0");

    RoutedRequest request = only(Router.route(COMMAND, serving(deployment)));

    assertThat(request.version()).isEqualTo("2.0.0");
    assertThat(request.standIns()).containsExactly("1.0.0", "0.9.0");
    assertThat(request.arm()).isEqualTo(Arm.CANDIDATE);
    assertThat(request.revision()).isEqualTo(4);
  }

  @Test
  void aFallbackThatIsInProductionStandsInOnce() {
    Deployment deployment = split(1, "1.0.0", "2.0.0", 1);
    deployment.setFallbackVersion("1.0.0");

    assertThat(only(Router.route(COMMAND, serving(deployment))).standIns())
        .containsExactly("1.0.0");
  }

  @Test
  void aPinnedVersionTakesNoPart() {
    InferenceCommand pinned = Commands.command("job-1", Commands.MODEL, "hello", "1.0.0");
    Deployment deployment = split(1, "1.0.0", "2.0.0", 1);
    deployment.setFallbackVersion("0.9.0");

    RoutedRequest request = only(Router.route(pinned, serving(deployment)));

    assertThat(request.version()).isEqualTo("1.0.0");
    assertThat(request.standIns()).isEmpty();
    assertThat(request.arm()).isNull();
  }

  @Test
  void aShadowGoesAfterItsJobAndIsNeverTheLastGoodAnswer() {
    Serving shadowed =
        Objects.requireNonNull(
            ModelTraffic.NONE
                .with(rollout(3, "1.0.0", "2.0.0"))
                .with(decision(3, 1, RolloutPhase.SHADOW, "1.0.0", "2.0.0", 0, 1))
                .serving());

    List<RoutedRequest> routed = Router.route(COMMAND, shadowed);

    assertThat(routed).extracting(RoutedRequest::version).containsExactly("1.0.0", "2.0.0");
    assertThat(routed).extracting(RoutedRequest::arm).containsExactly(Arm.PRODUCTION, Arm.SHADOW);
    RoutedRequest shadow = routed.get(1);
    assertThat(shadow.productionVersion()).isEqualTo("1.0.0");
    assertThat(shadow.staleTtlSeconds()).isZero();
    assertThat(shadow.revision()).isEqualTo(3);
  }

  @Test
  void requestsOfOneAffinityGetOneVersionAndOthersTheirs() {
    Serving serving = serving(split(1, "1.0.0", "2.0.0", 0.5));
    Set<String> ofOne = new HashSet<>();
    Set<String> ofAll = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      InferenceCommand command = Commands.command("job-" + i, "text " + i);
      ofAll.add(version(command, serving));
      ((Submit) command.getCommand()).setAffinity("customer");
      ofOne.add(version(command, serving));
    }

    assertThat(ofOne).hasSize(1);
    assertThat(ofAll).containsExactlyInAnyOrder("1.0.0", "2.0.0");
  }

  private static String version(InferenceCommand command, Serving serving) {
    return Objects.requireNonNull(only(Router.route(command, serving)).version());
  }

  private static RoutedRequest only(List<RoutedRequest> routed) {
    assertThat(routed).hasSize(1);
    return routed.get(0);
  }

  private static Serving serving(Deployment deployment) {
    return Objects.requireNonNull(ModelTraffic.NONE.with(deployment).serving());
  }
}
