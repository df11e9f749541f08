package io.millrace.inference.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.infer.HeldModels;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the savepoint of this version of the state that later versions must restore. No part of the
 * build: {@code docs/state-evolution.md} has the command.
 */
class SavepointWriter {

  private static final Duration CENTURY = Duration.ofDays(36_525);

  /** Long enough for this class to stop the job, over when somebody restores it. */
  private static final Duration SHORT_WAIT = Duration.ofMinutes(1);

  /** Of this version. */
  private static final int SAVEPOINT = 3;

  @TempDir private Path directory;

  @Test
  void takeSavepoint() throws Exception {
    HeldModels.hold();
    try (Broker broker = Broker.start(directory.resolve("kafka"))) {
      String beginning;
      try (StateJob job =
          StateJob.start(broker, directory, new StateJob.Settings(2, CENTURY, CENTURY), null)) {
        for (Deployment deployment : History.deployments(SAVEPOINT)) {
          broker.deploy(deployment);
        }
        for (InferenceCommand command : History.beginning(SAVEPOINT)) {
          broker.send(command);
        }
        awaitCheckpoint(job, broker);
        beginning = job.stopWithSavepoint();
      }
      String end;
      try (StateJob job =
          StateJob.start(
              broker, directory, new StateJob.Settings(2, SHORT_WAIT, CENTURY), beginning)) {
        broker.send(History.TIRED);
        for (InferenceCommand command : History.inFlight(SAVEPOINT)) {
          broker.send(command);
        }
        awaitCheckpoint(job, broker);
        end = job.stopWithSavepoint();
      }
      keep(Path.of(URI.create(end)));
    }
  }

  private static void awaitCheckpoint(StateJob job, Broker broker) {
    job.await(
        () -> {
          assertThat(broker.everythingIsCheckpointed()).isTrue();
          assertThat(broker.committedResults())
              .extracting(InferenceResult::getJobId)
              .containsExactly("answered");
        });
  }

  private static void keep(Path savepoint) throws Exception {
    Path kept = Path.of(System.getProperty("savepoint.directory", "target/savepoint"));
    Files.createDirectories(kept);
    Files.copy(
        savepoint.resolve("_metadata"),
        kept.resolve("_metadata"),
        StandardCopyOption.REPLACE_EXISTING);
    try (var files = Files.list(savepoint)) {
      assertThat(files).as("the savepoint is one file").hasSize(1);
    }
  }
}
