package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.ingress.models.ModelCatalog;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.InferenceRequest;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.Submit;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes commands of submissions. */
@Singleton
final class CommandFactory {

  private final ModelCatalog models;
  private final Clock clock;
  private final JobIds ids = new JobIds();

  CommandFactory(ModelCatalog models, Clock clock) {
    this.models = models;
    this.clock = clock;
  }

  /** The id of a job that is made now. */
  String newJobId() {
    return ids.next(clock.instant());
  }

  /**
   * Checks that a model can take jobs.
   *
   * @throws ProblemException when it is not deployed, or its version is not there
   */
  void requireModel(Submission submission) {
    models.answering(submission.model(), submission.version());
  }

  /**
   * The command that submits a job. The same id and request give the same command, whenever it is
   * made.
   *
   * @param jobId from {@link #newJobId}
   * @param source reads the request, once the model is known to be deployed
   * @throws ProblemException when the model is not deployed, the one of the source, or {@code
   *     INVALID_REQUEST} when the request does not fit the signature of the version that will
   *     answer
   */
  InferenceCommand command(Submission submission, String jobId, Supplier<InferenceRequest> source) {
    Optional<ModelMetadata> version = models.answering(submission.model(), submission.version());
    InferenceRequest request = source.get();
    version.ifPresent(known -> SignatureCheck.check(known, request));
    Submit submit =
        Submit.newBuilder()
            .setVersion(submission.version())
            .setInputs(request.inputs())
            .setParameters(request.parameters())
            .setOutputs(request.outputs())
            .setPriority(request.priority())
            .setDeadline(request.deadline())
            .setAllowStale(request.allowStale())
            .setAffinity(request.affinity())
            .setWebhook(request.webhook())
            .build();
    return new InferenceCommand(
        jobId,
        submission.tenant(),
        submission.model(),
        Fingerprint.of(submission.tenant(), submission.model(), submit),
        // The contracts know milliseconds, and so does the time in the id.
        JobIds.acceptedAt(jobId).orElseThrow(),
        submission.trace().context().value(),
        submit);
  }

  /** What the read side notes of a submission. */
  static JobEntry.Accepted accepted(InferenceCommand command) {
    return JobEntry.Accepted.of(command, (Submit) command.getCommand());
  }

  /**
   * The command that cancels a job.
   *
   * @throws ProblemException {@code NOT_CANCELLABLE} when too little is known of the job
   */
  InferenceCommand cancellation(JobEntry.Accepted job, Traceparent trace) {
    String fingerprint = job.fingerprint();
    if (fingerprint == null) {
      throw new ProblemException(
          ProblemType.NOT_CANCELLABLE,
          "The job was accepted by an earlier release, which did not note what cancelling needs;"
              + " it ends by itself.");
    }
    return new InferenceCommand(
        job.jobId(),
        job.tenant(),
        job.model(),
        fingerprint,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        trace.value(),
        new Cancel());
  }
}
