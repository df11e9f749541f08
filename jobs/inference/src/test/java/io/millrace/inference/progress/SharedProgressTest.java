package io.millrace.inference.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cache.JobProgress;
import io.millrace.jobs.progress.ProgressReport;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@SuppressWarnings("NullAway.Init")
class SharedProgressTest {

  private String name;
  private RecordedProgress store;

  @BeforeEach
  void name(TestInfo test) {
    name = test.getDisplayName();
    store = RecordedProgress.of(name);
  }

  @Test
  void subtasksOfAProcessCountTogether() {
    try (ProgressReport one = open();
        ProgressReport other = open()) {
      one.read(0, 41);
      one.read(2, 7);
      other.read(1, 0);
      other.left();

      awaitReport(new JobProgress(Map.of(0, 42L, 1, 1L, 2, 8L), 2));
      assertThat(store.opened()).isEqualTo(1);
    }
  }

  @Test
  void theLastToCloseTakesTheReportBack() {
    ProgressReport one = open();
    ProgressReport other = open();
    one.read(0, 41);
    awaitReport(new JobProgress(Map.of(0, 42L), 1));

    one.close();
    one.close();
    assertThat(store.closed()).isFalse();
    other.close();

    assertThat(store.closed()).isTrue();
    assertThat(store.reports()).isEmpty();
  }

  @Test
  void aJobThatStartsAgainCountsAnew() {
    ProgressReport before = open();
    before.read(0, 41);
    awaitReport(new JobProgress(Map.of(0, 42L), 1));
    before.close();

    try (ProgressReport after = open()) {
      after.entered();

      awaitReport(new JobProgress(Map.of(), 1));
      // What ends late, after its job, counts where it began.
      before.left();
      after.entered();
      awaitReport(new JobProgress(Map.of(), 2));
    }
  }

  @Test
  void goesOnWhenTheStoreIsBack() {
    store.away(true);
    try (ProgressReport report = open()) {
      report.read(0, 41);

      store.away(false);

      awaitReport(new JobProgress(Map.of(0, 42L), 1));
    }
  }

  private ProgressReport open() {
    return new SharedProgress(new RecordedProgress.Factory(name)).open();
  }

  private void awaitReport(JobProgress expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(store.reports().values()).containsExactly(expected));
  }
}
