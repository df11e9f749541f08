package io.millrace.local.cluster.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollsTest {

  private final Polls polls = new Polls();

  @Test
  void anOutageEndsWithTheAnswerAfterTheLastFailure() {
    polls.add(0, 1, true);
    polls.add(10, 12, false);
    polls.add(20, 21, true);
    polls.add(30, 33, false);
    polls.add(40, 44, true);
    polls.add(50, 51, true);

    assertThat(polls.answeredAgain(5, 100)).hasValue(44);
    assertThat(polls.failed()).isEqualTo(2);
    assertThat(polls.all()).isEqualTo(6);
  }

  @Test
  void anOutageThatNobodyNoticedIsNone() {
    polls.add(10, 12, true);

    assertThat(polls.answeredAgain(5, 100)).hasValue(5);
  }

  @Test
  void withoutAnAnswerAfterTheLastFailureThereIsNoEnd() {
    polls.add(10, 12, true);
    polls.add(20, 25, false);

    assertThat(polls.answeredAgain(5, 100)).isEmpty();
    assertThat(polls.answeredAgain(30, 100)).isEmpty();
  }

  @Test
  void onlyPollsOfItsTimeCount() {
    polls.add(10, 60, false);
    polls.add(50, 51, true);
    polls.add(120, 121, false);

    assertThat(polls.answeredAgain(20, 100)).hasValue(20);
  }
}
