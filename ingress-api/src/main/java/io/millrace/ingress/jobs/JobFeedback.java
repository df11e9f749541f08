package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.ingress.DurableLog;
import io.millrace.ingress.HttpSettings;
import io.millrace.ingress.models.RegisteredModels;
import io.millrace.ingress.operations.IngressMetrics;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.FeedbackReader.GroundTruth;
import io.millrace.ingress.protocol.Violations;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Tensor;
import io.millrace.schemas.avro.TensorMetadata;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Takes the ground truth for the answers of jobs. */
@Singleton
final class JobFeedback {

  private final JobQueries queries;
  private final RegisteredModels models;
  private final DurableLog log;
  private final LogFailures failures;
  private final IngressMetrics metrics;
  private final Clock clock;
  private final Executor workers;
  private final Executor completions;
  private final Bound inFlight;

  /**
   * @param workers threads that may block, for a bounded time, on the log
   * @param completions threads that never block
   */
  JobFeedback(
      JobQueries queries,
      RegisteredModels models,
      DurableLog log,
      LogFailures failures,
      IngressMetrics metrics,
      Clock clock,
      HttpSettings settings,
      @Named("workers") Executor workers,
      @Named("completions") Executor completions) {
    this.queries = queries;
    this.models = models;
    this.log = log;
    this.failures = failures;
    this.metrics = metrics;
    this.clock = clock;
    this.workers = workers;
    this.completions = completions;
    this.inFlight = new Bound(settings.maxInFlight());
  }

  /**
   * Takes feedback on a job. The future fails with a {@link ProblemException}: those of {@link
   * JobQueries#find} and of the source; {@code NOT_ANSWERED} when the job has no answer to judge;
   * {@code INVALID_REQUEST} when the ground truth is none of its version; {@code LOG_UNAVAILABLE}.
   *
   * @param source reads the ground truth, on a thread that may take its time
   * @return what is in the log
   * @throws ProblemException {@code OVERLOADED} when too much feedback is under way
   */
  CompletableFuture<Feedback> give(String tenant, String id, Supplier<GroundTruth> source) {
    Bound.Place place = inFlight.tryEnter();
    if (place == null) {
      throw new ProblemException(
          ProblemType.OVERLOADED, "Too much feedback is under way; send it again.");
    }
    return CompletableFuture.completedFuture(id)
        .thenCompose(job -> queries.find(tenant, job, Optional.empty()))
        .thenComposeAsync(answer -> give(answered(answer.job()), source.get()), workers)
        .whenComplete((feedback, failure) -> place.close());
  }

  private CompletableFuture<Feedback> give(InferenceResult result, GroundTruth truth) {
    Optional.ofNullable(result.getVersion())
        .flatMap(version -> models.find(result.getModel(), version))
        .ifPresent(version -> check(version, truth));
    Feedback feedback =
        new Feedback(
            result.getJobId(),
            result.getTenant(),
            result.getModel(),
            truth.label(),
            truth.outputs(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return log.append(
            new ProducerRecord<>(
                Topic.FEEDBACK.name(),
                feedback.getJobId().getBytes(StandardCharsets.UTF_8),
                MessageCodec.FEEDBACK.encode(feedback)))
        .handleAsync(
            (nothing, failure) -> {
              if (failure != null) {
                throw failures.refusal(failure);
              }
              metrics.feedback(feedback.getModel());
              return feedback;
            },
            completions);
  }

  private static InferenceResult answered(JobEntry job) {
    if (job instanceof JobEntry.Finished finished
        && finished.result().getStatus() == ResultStatus.SUCCEEDED) {
      return finished.result();
    }
    throw new ProblemException(
        ProblemType.NOT_ANSWERED,
        job instanceof JobEntry.Finished
            ? "The job did not succeed, so there is no answer to give feedback on."
            : "The job has not ended yet; give feedback once it has succeeded.");
  }

  private static void check(ModelMetadata version, GroundTruth truth) {
    Violations violations = new Violations();
    if (truth.label() != null && !version.getLabels().contains(truth.label())) {
      violations.add(
          "/label",
          version.getLabels().isEmpty()
              ? "expected outputs, the model has no labels"
              : "expected one of the %d labels of version %s; GET /v1/models/%s/versions lists them"
                  .formatted(version.getLabels().size(), version.getVersion(), version.getModel()));
    }
    for (int i = 0; i < truth.outputs().size(); i++) {
      Tensor output = truth.outputs().get(i);
      TensorMetadata known =
          version.getOutputs().stream()
              .filter(tensor -> tensor.getName().equals(output.getName()))
              .findFirst()
              .orElse(null);
      if (known == null) {
        violations.add("/outputs/" + i + "/name", "expected the name of an output of the model");
      } else if (known.getDatatype() != output.getDatatype()) {
        violations.add(
            "/outputs/" + i + "/datatype",
            "expected %s, found %s".formatted(known.getDatatype(), output.getDatatype()));
      }
    }
    violations.throwIfAny();
  }
}
