package io.millrace.ingress.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.cache.JobEntry;
import io.millrace.ingress.FakeJobProjection;
import io.millrace.ingress.HttpSettings;
import io.millrace.ingress.KafkaSettings;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.models.DeployedModelsFixture;
import io.millrace.ingress.models.ModelCatalog;
import io.millrace.ingress.models.RegisteredModels;
import io.millrace.ingress.operations.IngressMetrics;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.problem.Violation;
import io.millrace.ingress.protocol.InferenceRequest;
import io.millrace.ingress.tracing.AcceptSpans;
import io.millrace.ingress.tracing.RequestTrace;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.tracing.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What happens in which order, with everything on one thread. */
final class JobSubmissionsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");
  private static final Optional<Duration> WAIT = Optional.of(Duration.ofSeconds(30));

  private static final RequestTrace TRACE =
      new RequestTrace(
          new Traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), false);

  private final Tracing tracing = Tracing.off();
  private final Executor direct = Runnable::run;
  private final FakeJobStore store = new FakeJobStore();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final IngressMetrics metrics = new IngressMetrics(registry);
  private final HttpSettings http =
      new HttpSettings(
          1, 1, Duration.ofSeconds(60), Duration.ofSeconds(2), 1, 1_024, 4, Duration.ZERO);
  private final RedisSettings redis =
      new RedisSettings(
          "redis://localhost",
          "none",
          "none",
          "none",
          "none",
          "none",
          Duration.ofHours(24),
          Duration.ofSeconds(1));
  private final KafkaSettings kafka =
      new KafkaSettings(
          "localhost:9092",
          "none",
          Duration.ofSeconds(10),
          Duration.ofMillis(500),
          Duration.ZERO,
          "read-side");
  private final FakeJobProjection projection = new FakeJobProjection();
  private final JobWaits waits = new JobWaits(store, http, metrics);

  private JobSubmissions submissions(CommandLog log) {
    ModelCatalog models =
        new ModelCatalog(DeployedModelsFixture.withModel("m"), new RegisteredModels());
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new JobSubmissions(
        new Admission(List.of()),
        new CommandFactory(models, clock),
        log,
        new AcceptedJobs(store, redis, metrics),
        new JobQueries(
            new ReadSide(store, projection, clock, redis, kafka), waits, clock, redis, direct),
        waits,
        new LogFailures(),
        metrics,
        new AcceptSpans(tracing),
        http,
        direct,
        direct);
  }

  private static InferenceRequest request() {
    return InferenceRequest.of(List.of(), Map.of(), List.of());
  }

  private static Submission submission(Optional<Duration> wait) {
    return new Submission("default", "m", null, TRACE, wait);
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private static InferenceResult result(InferenceCommand command) {
    InferenceResult result = new InferenceResult();
    result.setJobId(command.getJobId());
    result.setTenant(command.getTenant());
    result.setModel(command.getModel());
    result.setStatus(ResultStatus.SUCCEEDED);
    result.setOutputs(List.of());
    result.setCreatedAt(command.getCreatedAt());
    result.setCompletedAt(command.getCreatedAt());
    return result;
  }

  @Test
  void nothingIsAnsweredBeforeTheLogAcknowledges() {
    // Given
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    JobSubmissions submissions = submissions((command, trace) -> acknowledged);

    // When
    CompletableFuture<JobAnswer> answer =
        submissions.submit(submission(Optional.empty()), JobSubmissionsTest::request);

    // Then
    assertThat(answer).isNotDone();
    assertThat(gauge("millrace.http.in.flight")).isEqualTo(1);
    acknowledged.complete(null);
    assertThat(answer).isCompleted();
    assertThat(gauge("millrace.http.in.flight")).isZero();
    assertThat(answer.join().job())
        .isInstanceOfSatisfying(
            JobEntry.Accepted.class,
            job -> assertThat(job.createdAt()).isEqualTo("2026-11-22T10:15:30.123Z"));
  }

  @Test
  void resultThatIsThereBeforeTheAcknowledgementIsNotMissed() {
    // Given: a job so fast that it ends while it is being written
    JobSubmissions submissions = submissions((command, trace) -> store.finished(result(command)));

    // When
    CompletableFuture<JobAnswer> answer =
        submissions.submit(submission(WAIT), JobSubmissionsTest::request);

    // Then
    assertThat(answer).isCompleted();
    assertThat(answer.join().job()).isInstanceOf(JobEntry.Finished.class);
    assertThat(answer.join().waited()).isEqualTo(WAIT);
    assertThat(gauge("millrace.jobs.waiting")).isZero();
  }

  @Test
  void waitingDoesNotCountAsInFlight() {
    // Given
    JobSubmissions submissions =
        submissions((command, trace) -> CompletableFuture.completedFuture(null));

    // When
    CompletableFuture<JobAnswer> waiting =
        submissions.submit(submission(WAIT), JobSubmissionsTest::request);
    CompletableFuture<JobAnswer> noRoomToWait =
        submissions.submit(submission(WAIT), JobSubmissionsTest::request);

    // Then
    assertThat(waiting).isNotDone();
    assertThat(gauge("millrace.jobs.waiting")).isEqualTo(1);
    assertThat(noRoomToWait.join().waited()).isEmpty();
    waits.end();
    assertThat(waiting.join().job()).isInstanceOf(JobEntry.Accepted.class);
    assertThat(store.listeners()).isZero();
  }

  @Test
  void oneTooManyInFlightIsRefusedAtOnce() {
    // Given
    JobSubmissions submissions = submissions((command, trace) -> new CompletableFuture<>());
    var unused = submissions.submit(submission(Optional.empty()), JobSubmissionsTest::request);

    // When
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> submissions.submit(submission(Optional.empty()), JobSubmissionsTest::request));

    // Then
    assertThat(problem.type()).isEqualTo(ProblemType.OVERLOADED);
  }

  @Test
  void refusedByTheLogIsNotAcceptedAndLeavesNothing() {
    // Given
    JobSubmissions submissions =
        submissions((command, trace) -> CompletableFuture.failedFuture(new TimeoutException("t")));

    // When
    CompletableFuture<JobAnswer> answer =
        submissions.submit(submission(WAIT), JobSubmissionsTest::request);

    // Then
    assertProblem(answer, ProblemType.LOG_UNAVAILABLE);
    assertThat(gauge("millrace.http.in.flight")).isZero();
    assertThat(gauge("millrace.jobs.waiting")).isZero();
    assertThat(store.listeners()).isZero();
  }

  @Test
  void tooLargeForTheLogIsTooLarge() {
    // Given
    JobSubmissions submissions =
        submissions(
            (command, trace) -> CompletableFuture.failedFuture(new RecordTooLargeException("t")));

    // When
    CompletableFuture<JobAnswer> answer =
        submissions.submit(submission(WAIT), JobSubmissionsTest::request);

    // Then
    assertProblem(answer, ProblemType.TOO_LARGE);
  }

  @Test
  void invalidBodyFreesItsPlace() {
    // Given
    JobSubmissions submissions = submissions((command, trace) -> new CompletableFuture<>());

    // When
    CompletableFuture<JobAnswer> answer =
        submissions.submit(
            submission(WAIT),
            () -> {
              throw ProblemException.invalid(List.of(new Violation("/inputs", "expected more")));
            });

    // Then
    assertProblem(answer, ProblemType.INVALID_REQUEST);
    assertThat(gauge("millrace.http.in.flight")).isZero();
  }

  @Test
  void acceptedStaysAcceptedWhenTheStoreIsAway() {
    // Given
    store.goAway();
    JobSubmissions submissions =
        submissions((command, trace) -> CompletableFuture.completedFuture(null));

    // When
    CompletableFuture<JobAnswer> answer =
        submissions.submit(submission(Optional.empty()), JobSubmissionsTest::request);

    // Then
    assertThat(answer.join().job()).isInstanceOf(JobEntry.Accepted.class);
    assertThat(registry.get("millrace.job.store.failures").counter().count()).isEqualTo(1);
  }

  private static void assertProblem(CompletableFuture<JobAnswer> answer, ProblemType type) {
    assertThatThrownBy(answer::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
