package io.millrace.ingress.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.ingress.models.RegisteredModels;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.ProtocolLimits;
import io.millrace.ingress.rollouts.RolloutRequestReader.Start;
import io.millrace.schemas.avro.MetricGuard;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start of a rollout may say. */
final class RolloutRequestReaderTest {

  private final RolloutRequestReader reader =
      new RolloutRequestReader(
          new RegisteredModels(), new ProtocolLimits(10_000, 8, 100, 1_000, false));

  private Start read(String body) {
    return reader.start("m", body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    // When
    Start start = read("{'candidate': '1.1.0'}");

    // Then
    assertThat(start.candidate()).isEqualTo("1.1.0");
    assertThat(start.plan().getSteps()).containsExactly(0.05, 0.25, 0.5);
    assertThat(start.plan().getShadowShare()).isEqualTo(1);
    assertThat(start.plan().getErrorRate()).isEqualTo(new MetricGuard(0.01, 0.02));
    assertThat(start.plan().getLatency()).isEqualTo(new MetricGuard(0.05, 0.05));
    assertThat(start.plan().getLatencyThresholdSeconds()).isNull();
    assertThat(start.plan().getAccuracy()).isEqualTo(new MetricGuard(0.02, 0.05));
    assertThat(start.plan().getAgreement()).isEqualTo(new MetricGuard(0.1, 0.05));
    assertThat(start.plan().getEvaluationOverride()).isNull();
  }

  @Test
  void everythingCanBeSaid() {
    // When
    Start start =
        read(
            """
            {'candidate': '1.1.0', 'shadow_share': 0, 'steps': [0.5], 'min_observations': 50,
             'min_events': 1, 'max_stage_seconds': 60, 'alpha': 0.5,
             'error_rate': {'margin': 1}, 'latency': {'threshold_seconds': 2.5},
             'accuracy': null, 'agreement': {'minimum_detectable_effect': 0.2},
             'override_evaluation': 'a hot fix'}""");

    // Then
    assertThat(start.plan().getShadowShare()).isZero();
    assertThat(start.plan().getSteps()).containsExactly(0.5);
    assertThat(start.plan().getMinObservations()).isEqualTo(50);
    assertThat(start.plan().getMinEvents()).isEqualTo(1);
    assertThat(start.plan().getMaxStageSeconds()).isEqualTo(60);
    assertThat(start.plan().getAlpha()).isEqualTo(0.5);
    assertThat(start.plan().getErrorRate()).isEqualTo(new MetricGuard(1.0, 0.02));
    assertThat(start.plan().getLatency()).isEqualTo(new MetricGuard(0.05, 0.05));
    assertThat(start.plan().getLatencyThresholdSeconds()).isEqualTo(2.5);
    assertThat(start.plan().getAccuracy()).isNull();
    assertThat(start.plan().getAgreement()).isEqualTo(new MetricGuard(0.1, 0.2));
    assertThat(start.plan().getEvaluationOverride()).isEqualTo("a hot fix");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[]; ``; expected an object, found an array",
        "{}; ``; expected the member candidate",
        "{'candidate': 'latest'}; /candidate; expected a version like 1.0.0; none",
        "{'candidate': '../x'}; /candidate; expected a version like 1.0.0; none",
        "{'candidate': '1.1.0', 'weight': 1}; /weight; unknown member, expected one of candidate",
        "{'candidate': '1.1.0', 'shadow_share': 1.1}; /shadow_share; expected a number from 0 to 1",
        "{'candidate': '1.1.0', 'shadow_share': '1'}; /shadow_share; expected a number from 0 to 1, found a string",
        "{'candidate': '1.1.0', 'steps': 1}; /steps; expected an array of 1 to 20",
        "{'candidate': '1.1.0', 'steps': []}; /steps; expected an array of 1 to 20",
        "{'candidate': '1.1.0', 'steps': [0.5, 0.5]}; /steps/1; expected a number above the one",
        "{'candidate': '1.1.0', 'steps': [0.5, 1]}; /steps/1; expected a number above 0 and below 1",
        "{'candidate': '1.1.0', 'min_observations': 0}; /min_observations; expected an integer from 1",
        "{'candidate': '1.1.0', 'min_events': 1.5}; /min_events; expected an integer from 1",
        "{'candidate': '1.1.0', 'max_stage_seconds': 99999999999999999999}; /max_stage_seconds; expected an integer",
        "{'candidate': '1.1.0', 'alpha': 0.6}; /alpha; expected a number above 0 and up to 0.5",
        "{'candidate': '1.1.0', 'error_rate': {'margin': 0}}; /error_rate/margin; expected a number above 0",
        "{'candidate': '1.1.0', 'error_rate': {'threshold_seconds': 1}}; /error_rate/threshold_seconds; unknown",
        "{'candidate': '1.1.0', 'latency': {'threshold_seconds': 1e999}}; /latency/threshold_seconds; expected",
        "{'candidate': '1.1.0', 'error_rate': null, 'latency': null}; ``; expected error_rate or latency",
        "{'candidate': '1.1.0', 'override_evaluation': ''}; /override_evaluation; expected a string"
      })
  void whatIsWrongIsSaidWithItsPlace(String body, String pointer, String detail) {
    // When
    ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(body));

    // Then
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
    assertThat(problem.violations().get(0).pointer()).isEqualTo(pointer);
    assertThat(problem.violations().get(0).detail()).startsWith(detail);
  }

  @Test
  void reasonMayBeLeftOut() {
    assertThat(reader.reason(new byte[0])).isEmpty();
    assertThat(reader.reason("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(reader.reason("{\"reason\":null}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(reader.reason("{\"reason\":\"x\"}".getBytes(StandardCharsets.UTF_8))).contains("x");
  }
}
