package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.ingress.models.DeployedModels;
import io.millrace.ingress.protocol.InferenceRequest;
import io.millrace.ingress.protocol.InferenceRequestReader;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Makes commands of submissions. */
@Singleton
final class CommandFactory {

  private final DeployedModels models;
  private final InferenceRequestReader reader;
  private final Clock clock;
  private final JobIds ids = new JobIds();

  CommandFactory(DeployedModels models, InferenceRequestReader reader, Clock clock) {
    this.models = models;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * The command with a job id of its own.
   *
   * @param body the body of the request, unread
   * @throws io.millrace.ingress.problem.ProblemException when the model is not deployed or the body
   *     is not a valid request
   */
  InferenceCommand command(Submission submission, byte[] body) {
    models.require(submission.model());
    if (submission.version() != null) {
      DeployedModels.requireVersionForm(submission.version());
    }
    InferenceRequest request = reader.read(body);
    Submit submit =
        Submit.newBuilder()
            .setVersion(submission.version())
            .setInputs(request.inputs())
            .setParameters(request.parameters())
            .setOutputs(request.outputs())
            .build();
    // The contracts know milliseconds, and so does the time in the id.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new InferenceCommand(
        ids.next(now),
        submission.tenant(),
        submission.model(),
        Fingerprint.of(submission.tenant(), submission.model(), submit),
        now,
        submit);
  }

  /** What the read side notes of a command. */
  static JobEntry.Accepted accepted(InferenceCommand command) {
    return new JobEntry.Accepted(
        command.getJobId(),
        command.getTenant(),
        command.getModel(),
        command.getCommand() instanceof Submit submit ? submit.getVersion() : null,
        command.getCreatedAt());
  }
}
