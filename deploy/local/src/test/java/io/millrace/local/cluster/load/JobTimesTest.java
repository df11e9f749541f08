package io.millrace.local.cluster.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobTimesTest {

  private final JobTimes times = new JobTimes();

  @Test
  void onlyResultsOfJobsThatWereSubmittedAfterwardsShowARecovery() {
    // Given
    times.accepted("before", 90);
    times.accepted("after", 120);
    times.accepted("later", 130);

    // When
    times.committed("before", 200);

    // Then
    assertThat(times.firstCommitOfJobSubmittedAfter(100)).isEmpty();

    // When
    times.committed("later", 250);
    times.committed("after", 260);

    // Then
    assertThat(times.firstCommitOfJobSubmittedAfter(100)).hasValue(250);
  }

  @Test
  void aResultMayBeSeenBeforeItsJobIsKnownToBeAccepted() {
    times.committed("fast", 20);
    times.accepted("fast", 10);

    assertThat(times.firstCommitOfJobSubmittedAfter(5)).hasValue(20);
    assertThat(times.accepted()).containsExactly("fast");
  }

  @Test
  void theLongestGapReachesToTheEdges() {
    times.committed("a", 30);
    times.committed("b", 40);
    times.committed("c", 75);

    assertThat(times.longestGap(0, 100)).isEqualTo(35);
    assertThat(times.longestGap(0, 200)).isEqualTo(125);
    assertThat(times.longestGap(35, 50)).isEqualTo(10);
    assertThat(times.longestGap(80, 90)).isEqualTo(10);
  }

  @Test
  void theLatestJobsAreThoseAcceptedLast() {
    for (int i = 0; i < 5; i++) {
      times.accepted("job-" + i, i);
    }

    assertThat(times.latest(2)).containsExactly("job-3", "job-4");
    assertThat(times.latest(9)).hasSize(5);
  }
}
