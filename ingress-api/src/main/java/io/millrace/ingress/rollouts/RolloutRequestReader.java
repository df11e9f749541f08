package io.millrace.ingress.rollouts;

import io.millrace.ingress.deployments.VersionReader;
import io.millrace.ingress.models.RegisteredModels;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.protocol.JsonBodyReader;
import io.millrace.ingress.protocol.NumberRange;
import io.millrace.ingress.protocol.ObjectReader;
import io.millrace.ingress.protocol.ObjectReader.Member;
import io.millrace.ingress.protocol.ObjectReader.Members;
import io.millrace.ingress.protocol.ProtocolLimits;
import io.millrace.ingress.protocol.Violations;
import io.millrace.schemas.avro.MetricGuard;
import io.millrace.schemas.avro.RolloutPlan;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of what operators ask of rollouts. Safe for use by several threads. */
@Singleton
final class RolloutRequestReader {

  private static final int MAX_TEXT = 500;
  private static final int MAX_STEPS = 20;
  private static final int MAX_COUNT = 1_000_000_000;
  private static final long MAX_STAGE_SECONDS = Duration.ofDays(365).toSeconds();
  private static final NumberRange ALPHA =
      new NumberRange("a number above 0 and up to 0.5", value -> value > 0 && value <= 0.5);
  private static final NumberRange SECONDS =
      new NumberRange("a number above 0", value -> value > 0);

  private final RegisteredModels registered;
  private final JsonBodyReader json;

  RolloutRequestReader(RegisteredModels registered, ProtocolLimits limits) {
    this.registered = registered;
    this.json = new JsonBodyReader(limits);
  }

  /**
   * A rollout that is asked for.
   *
   * @param plan of which {@code evaluation_override} says why it may start without an evaluation
   */
  record Start(String candidate, RolloutPlan plan) {}

  /**
   * Reads a start.
   *
   * @throws ProblemException {@code MALFORMED_JSON} with line and column; {@code INVALID_REQUEST}
   *     with everything found
   */
  Start start(String model, byte[] body) {
    return json.read(
        body,
        body.length,
        (parser, violations) -> {
          ObjectReader reader = new ObjectReader(parser, violations);
          return new Starting(
                  reader, new VersionReader(registered, model, reader, violations), violations)
              .start();
        });
  }

  /**
   * Reads the reason of a command; empty when there is no body, or none in it.
   *
   * @throws ProblemException as {@link #start}
   */
  Optional<String> reason(byte[] body) {
    if (body.length == 0) {
      return Optional.empty();
    }
    List<String> reasons = new ArrayList<>();
    return json.read(
        body,
        body.length,
        (parser, violations) -> {
          ObjectReader reader = new ObjectReader(parser, violations);
          reader.object(
              "",
              new Members()
                  .with(
                      "reason",
                      reader.nullable(
                          at -> {
                            String reason = reader.text(at, MAX_TEXT);
                            if (reason != null) {
                              reasons.add(reason);
                            }
                          })));
          return reasons.stream().findFirst();
        });
  }

  /** One start being read. */
  private static final class Starting {

    private final ObjectReader reader;
    private final VersionReader versions;
    private final Violations violations;
    private final RolloutPlan plan =
        RolloutPlan.newBuilder()
            .setErrorRate(new MetricGuard(0.01, 0.02))
            .setLatency(new MetricGuard(0.05, 0.05))
            .setAccuracy(new MetricGuard(0.02, 0.05))
            .setAgreement(new MetricGuard(0.1, 0.05))
            .build();
    private String candidate = "";

    Starting(ObjectReader reader, VersionReader versions, Violations violations) {
      this.reader = reader;
      this.versions = versions;
      this.violations = violations;
    }

    Start start() throws IOException {
      Set<String> seen =
          reader.object(
              "",
              new Members()
                  .with("candidate", this::candidate)
                  .with(
                      "shadow_share",
                      at -> plan.setShadowShare(reader.number(at, NumberRange.SHARE)))
                  .with("steps", this::steps)
                  .with("min_observations", at -> plan.setMinObservations(count(at)))
                  .with("min_events", at -> plan.setMinEvents(count(at)))
                  .with(
                      "max_stage_seconds",
                      at -> plan.setMaxStageSeconds(reader.integer(at, 1, MAX_STAGE_SECONDS)))
                  .with("alpha", at -> plan.setAlpha(reader.number(at, ALPHA)))
                  .with("error_rate", guard(plan.getErrorRate(), plan::setErrorRate))
                  .with("latency", this::latency)
                  .with("accuracy", guard(plan.getAccuracy(), plan::setAccuracy))
                  .with("agreement", guard(plan.getAgreement(), plan::setAgreement))
                  .with(
                      "override_evaluation",
                      reader.nullable(
                          at -> plan.setEvaluationOverride(reader.text(at, MAX_TEXT)))));
      if (!seen.contains("candidate")) {
        violations.add("", "expected the member candidate");
      }
      if (plan.getErrorRate() == null && plan.getLatency() == null) {
        violations.add(
            "", "expected error_rate or latency to be guarded: without them no step waits");
      }
      return new Start(candidate, plan);
    }

    private void candidate(String pointer) throws IOException {
      String version = versions.version(pointer);
      if (version != null) {
        candidate = version;
      }
    }

    private void steps(String pointer) throws IOException {
      List<Double> steps = new ArrayList<>();
      String expected = "an array of 1 to %d ascending numbers".formatted(MAX_STEPS);
      boolean isArray =
          reader.array(
              pointer,
              expected,
              at -> {
                double step = reader.number(at, NumberRange.INNER_SHARE);
                if (!steps.isEmpty() && step <= steps.get(steps.size() - 1)) {
                  violations.add(at, "expected a number above the one before");
                }
                steps.add(step);
              });
      if (isArray && (steps.isEmpty() || steps.size() > MAX_STEPS)) {
        violations.add(pointer, "expected %s, found %d".formatted(expected, steps.size()));
      }
      plan.setSteps(steps);
    }

    private int count(String pointer) throws IOException {
      return Math.toIntExact(reader.integer(pointer, 1, MAX_COUNT));
    }

    /** A guard whose members have defaults; null switches it off. */
    private Member guard(MetricGuard defaults, Consumer<@Nullable MetricGuard> target) {
      return pointer -> {
        if (reader.isNull()) {
          target.accept(null);
        } else {
          reader.object(pointer, guardMembers(defaults));
        }
      };
    }

    private Members guardMembers(MetricGuard guard) {
      return new Members()
          .with("margin", at -> guard.setMargin(reader.number(at, NumberRange.POSITIVE_SHARE)))
          .with(
              "minimum_detectable_effect",
              at ->
                  guard.setMinimumDetectableEffect(reader.number(at, NumberRange.POSITIVE_SHARE)));
    }

    private void latency(String pointer) throws IOException {
      if (reader.isNull()) {
        plan.setLatency(null);
        return;
      }
      reader.object(
          pointer,
          guardMembers(plan.getLatency())
              .with(
                  "threshold_seconds",
                  reader.nullable(
                      at -> plan.setLatencyThresholdSeconds(reader.number(at, SECONDS)))));
    }
  }
}
