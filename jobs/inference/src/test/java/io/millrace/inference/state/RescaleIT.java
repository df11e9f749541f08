package io.millrace.inference.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.inference.infer.HeldModels;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job stops under load and goes on with another parallelism, and back. */
class RescaleIT {

  private static final Duration LONG = Duration.ofHours(1);

  /** Jobs of one part of the load; there are five. */
  private static final int PART = 100;

  private static final String HELD_MODEL = HeldModels.PREFIX + "desk";
  private static final String LATE_MODEL = "late-desk";

  @TempDir private Path directory;

  @AfterEach
  void release() {
    HeldModels.release();
  }

  @Test
  void everyJobEndsOnceFromOneSubtaskToTwoAndBack() throws Exception {
    HeldModels.hold();
    try (Broker broker = Broker.start(directory.resolve("kafka"))) {
      broker.deploy(Commands.deployment(Commands.MODEL, 1, "1.0.0"));
      broker.deploy(Commands.deployment(HELD_MODEL, 1, "1.0.0"));

      String one = runUnderLoad(broker, 1, 0, null);
      String two = runUnderLoad(broker, 2, 2, one);
      try (StateJob job = start(broker, 1, two)) {
        sendPart(broker, 4);
        broker.deploy(Commands.deployment(LATE_MODEL, 1, "1.0.0"));
        HeldModels.release();
        job.await(() -> assertThat(broker.resultsByJob()).hasSize(5 * PART));
        job.stopWithSavepoint();
      }

      Map<String, InferenceResult> results = broker.resultsByJob();
      assertThat(results).hasSize(5 * PART);
      assertThat(results.values()).allMatch(result -> result.getStatus() == ResultStatus.SUCCEEDED);
    }
  }

  /** Stops the job while records come, with requests in flight and others that wait. */
  private String runUnderLoad(Broker broker, int parallelism, int part, @Nullable String savepoint)
      throws Exception {
    try (StateJob job = start(broker, parallelism, savepoint)) {
      sendPart(broker, part);
      // All of it is answered, in flight or waiting; what comes now meets the stop.
      job.await(() -> assertThat(broker.everythingIsCheckpointed()).isTrue());
      CompletableFuture<String> stopped = CompletableFuture.supplyAsync(() -> stop(job));
      sendPart(broker, part + 1);
      return stopped.get();
    }
  }

  private static String stop(StateJob job) {
    try {
      return job.stopWithSavepoint();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private StateJob start(Broker broker, int parallelism, @Nullable String savepoint)
      throws Exception {
    return StateJob.start(
        broker, directory, new StateJob.Settings(parallelism, LONG, LONG), savepoint);
  }

  /** New jobs, each followed by a copy of one of all parts so far. */
  private static void sendPart(Broker broker, int part) throws Exception {
    for (int i = 0; i < PART; i++) {
      int job = part * PART + i;
      broker.send(command(job));
      broker.send(command(job * 31 % (job + 1)));
      broker.send(command(job - Math.min(job, PART)));
    }
  }

  private static InferenceCommand command(int job) {
    String model =
        switch (job % 10) {
          case 0 -> HELD_MODEL;
          case 1 -> LATE_MODEL;
          default -> Commands.MODEL;
        };
    return Commands.command("job-" + job, model, "text " + job % (PART / 2), null);
  }
}
