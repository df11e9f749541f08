package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.chaos.UpProcess;
import io.millrace.training.SampleModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of its work, and one that goes on in its place. */
class KillRecoveryIT {

  private static final Duration COMMITTED = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void everyAcceptedJobStillEndsInExactlyOneResult() throws Exception {
    // Given a stack under load, past its first checkpoints
    Path data = directory.resolve("data");
    SampleModel.installSmall(data.resolve("models"), SampleModel.VERSION);
    Submissions submissions;
    ResultAudit before = new ResultAudit();
    try (UpProcess up = UpProcess.start(data, 0, directory.resolve("first.log"));
        CommittedResults results =
            CommittedResults.open(up.addresses().kafka(), From.BEGINNING, before)) {
      submissions = new Submissions(up.addresses().api());
      submissions.send("the first one");
      submissions.drain();
      assertThat(results.await(submissions.accepted(), COMMITTED)).isTrue();
      for (int i = 0; i < 1_500; i++) {
        submissions.send("number " + i % 1_000);
      }

      // When
      up.kill();
    }
    submissions.drain();
    Set<String> accepted = submissions.accepted();

    // Then
    assertThat(accepted).hasSizeGreaterThan(1_000);
    assertThat(before.missing(accepted)).isPositive();
    ResultAudit audit = new ResultAudit();
    try (UpProcess up = UpProcess.start(data, 0, directory.resolve("second.log"));
        CommittedResults results =
            CommittedResults.open(up.addresses().kafka(), From.BEGINNING, audit)) {
      assertThat(results.await(accepted, COMMITTED)).isTrue();
      assertThat(audit.duplicateResults()).isZero();
      assertThat(up.stop()).isEqualTo(143);
    }
    assertThat(audit.results(accepted)).hasSize(accepted.size());
  }
}
