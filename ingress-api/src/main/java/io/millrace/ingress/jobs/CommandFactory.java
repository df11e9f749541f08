package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.ingress.models.DeployedModels;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.InferenceRequest;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** Makes commands of submissions. */
@Singleton
final class CommandFactory {

  private final DeployedModels models;
  private final Clock clock;
  private final JobIds ids = new JobIds();

  CommandFactory(DeployedModels models, Clock clock) {
    this.models = models;
    this.clock = clock;
  }

  /**
   * The command with a job id of its own.
   *
   * @param source reads the request, once the model is known to be deployed
   * @throws ProblemException when the model is not deployed, or the one of the source
   */
  InferenceCommand command(Submission submission, Supplier<InferenceRequest> source) {
    models.require(submission.model());
    if (submission.version() != null) {
      DeployedModels.requireVersionForm(submission.version());
    }
    InferenceRequest request = source.get();
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
    // The contracts know milliseconds, and so does the time in the id.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new InferenceCommand(
        ids.next(now),
        submission.tenant(),
        submission.model(),
        Fingerprint.of(submission.tenant(), submission.model(), submit),
        now,
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
