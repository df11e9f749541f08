package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.audit.ResultTally;
import io.millrace.local.client.ApiRollout;
import io.millrace.local.client.ApiRollout.Decision;
import io.millrace.local.client.JobClient;
import io.millrace.local.client.OperatorClient;
import io.millrace.local.client.RequestFailedException;
import io.millrace.local.data.Utterance;
import io.millrace.local.data.Utterances;
import io.millrace.local.operate.RolloutFollower;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.training.ClassifierTraining;
import io.millrace.training.Encoder;
import io.millrace.training.SampleModel;
import io.millrace.training.TrainingProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts on the whole stack, by its API, under traffic. */
class RolloutIT {

  private static final String MODEL = "support-desk";
  private static final String PRODUCTION = "1.0.0";
  private static final String GOOD = "1.1.0";
  private static final String BAD = "1.2.0";
  private static final Set<String> LABELS = Set.of("app_crash", "refund_status", "reset_password");
  private static final double RATE = 60;

  /** Within which a decision is in effect. */
  private static final Duration EFFECT = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static Path directory;

  private static RunningStack stack;
  private static OperatorClient operator;

  @BeforeAll
  static void start() throws Exception {
    Path repository = directory.resolve("models");
    train(repository, PRODUCTION, false);
    train(repository, GOOD, false);
    train(repository, BAD, true);
    stack = RunningStack.start(directory.resolve("data"), repository, MODEL + "@" + PRODUCTION);
    operator = new OperatorClient(stack.addresses().api(), null);
  }

  private static void train(Path repository, String version, boolean shuffled) throws Exception {
    var data = SampleModel.data().only(LABELS);
    var unused =
        new ClassifierTraining(repository, TrainingProgress.NONE)
            .train(
                new ModelVersion(MODEL, version),
                Encoder.ALL_MINILM_L6_V2_Q,
                shuffled ? data.withShuffledLabels(1) : data,
                IfPresent.REFUSE);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void aGoodCandidateIsPromotedABadOneTakenBackAndNoRequestFails() throws Exception {
    ResultAudit audit = new ResultAudit();
    TrafficStatistics statistics = new TrafficStatistics(System::nanoTime);
    try (CommittedResults results =
        CommittedResults.open(stack.addresses().kafka(), From.NOW, audit)) {
      SteadyTraffic traffic = traffic(statistics);
      ApiRollout good;
      ApiRollout bad;
      ApiRollout aborted;
      try (traffic) {
        assertThatThrownBy(() -> operator.start(MODEL, plan(GOOD, null)))
            .isInstanceOfSatisfying(
                RequestFailedException.class,
                refused -> assertThat(refused.status()).isEqualTo(409));

        good = follow(operator.start(MODEL, plan(GOOD, "a test")));
        assertThat(operator.deployment(MODEL).body().path("version").asText()).isEqualTo(GOOD);

        bad = follow(operator.start(MODEL, plan(BAD, "a test")));
        assertThat(operator.deployment(MODEL).body().path("version").asText()).isEqualTo(GOOD);

        var unused = operator.start(MODEL, plan(PRODUCTION, "a test").put("shadow_share", 0.0));
        await().atMost(PATIENCE).until(() -> operator.rollout(MODEL).phase().equals("canary"));
        ApiRollout paused = operator.ask(MODEL, "pause", "lunch");
        assertThat(paused.paused()).isTrue();
        Instant running = Instant.now();
        await()
            .atMost(PATIENCE)
            .until(() -> answeredSince(audit, statistics, running, PRODUCTION) > 0);
        aborted = operator.ask(MODEL, "abort", "no longer wanted");
        Instant end = Instant.now();
        await()
            .atMost(PATIENCE)
            .until(() -> answeredSince(audit, statistics, end.plus(EFFECT), GOOD) > 0);
      }
      results.awaitAll(statistics.acceptedJobs().keySet());

      assertThat(good.phase()).isEqualTo("promoted");
      assertThat(good.ofThisRevision())
          .extracting(Decision::action)
          .containsExactly("promote", "step", "shadow");
      assertThat(bad.phase()).isEqualTo("rolled_back");
      Decision taken = bad.ofThisRevision().get(0);
      assertThat(taken.evidence())
          .filteredOn(evidence -> evidence.verdict().equals("worse"))
          .isNotEmpty();
      assertThat(taken.reason()).containsPattern("\\d");
      assertThat(taken.traffic().version()).isEqualTo(GOOD);
      assertThat(taken.traffic().candidate()).isNull();
      assertThat(aborted.phase()).isEqualTo("rolled_back");
      assertThat(aborted.ofThisRevision().get(0).reason()).contains("no longer wanted");
      Instant decided = Instant.parse(aborted.ofThisRevision().get(0).decidedAt());
      assertThat(answeredSince(audit, statistics, decided.plus(EFFECT), PRODUCTION)).isZero();

      Set<String> accepted = statistics.acceptedJobs().keySet();
      assertThat(accepted).hasSizeGreaterThan(200);
      assertThat(statistics.snapshot().gaveUp()).isZero();
      assertThat(audit.missing(accepted)).isZero();
      assertThat(audit.duplicateResults()).isZero();
      assertThat(ResultTally.of(audit.results(accepted)).succeeded()).isEqualTo(accepted.size());
      assertThat(audit.results(accepted))
          .extracting(result -> result.getVersion())
          .contains(PRODUCTION, GOOD);
    }
  }

  /** Jobs that a version was given since a time. */
  private static long answeredSince(
      ResultAudit audit, TrafficStatistics statistics, Instant since, String version) {
    return audit.results(statistics.acceptedJobs().keySet()).stream()
        .filter(result -> version.equals(result.getVersion()))
        .filter(result -> result.getStartedAt() != null && result.getStartedAt().isAfter(since))
        .count();
  }

  private ApiRollout follow(ApiRollout started) throws InterruptedException {
    return new RolloutFollower(operator, RunningStack.quiet()).follow(MODEL, started);
  }

  /** Wide margins, so that tens of observations decide. */
  private ObjectNode plan(String candidate, @Nullable String override) {
    ObjectNode plan = operator.object().put("candidate", candidate);
    plan.put("shadow_share", 1.0).put("min_observations", 100).put("min_events", 20);
    plan.putArray("steps").add(0.5);
    plan.putObject("error_rate").put("margin", 0.3).put("minimum_detectable_effect", 0.2);
    plan.putObject("agreement").put("margin", 0.3).put("minimum_detectable_effect", 0.2);
    plan.putNull("latency");
    plan.putNull("accuracy");
    if (override != null) {
      plan.put("override_evaluation", override);
    }
    return plan;
  }

  private SteadyTraffic traffic(TrafficStatistics statistics) {
    List<Utterance> rows =
        Utterances.read(null).stream()
            .filter(row -> row.label() != null && LABELS.contains(row.label()))
            .toList();
    JobClient client = new JobClient(stack.addresses().api(), MODEL, "text");
    return SteadyTraffic.start(
        client,
        Pace.rate(RATE, new Random(1), System::nanoTime),
        EndlessRows.numbered(rows, new Random(1), new AtomicLong()),
        (job, label) -> client.feedback(job.id(), label),
        statistics);
  }
}
