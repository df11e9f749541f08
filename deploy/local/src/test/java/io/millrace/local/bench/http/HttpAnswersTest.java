package io.millrace.local.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.local.bench.frame.Figures;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswersTest {

  private static final String ACCEPTED =
      "HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\nLocation: /x\r\n\r\nabcde";
  private static final String REFUSED =
      "HTTP/1.1 503 Unavailable\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  private static final String EMPTY =
      "HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n";

  private final HttpAnswers answers = new HttpAnswers();

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void answersAreCutByLengthAndByChunks() {
    // Given
    ByteBuffer all = bytes(ACCEPTED + REFUSED + EMPTY + ACCEPTED);

    // Then
    assertThat(answers.next(all)).isEqualTo(202);
    assertThat(answers.next(all)).isEqualTo(503);
    assertThat(answers.next(all)).isEqualTo(204);
    assertThat(answers.next(all)).isEqualTo(202);
    assertThat(answers.next(all)).isZero();
  }

  @Test
  void anAnswerThatComesInPiecesIsOne() {
    for (int cut = 1; cut < REFUSED.length(); cut++) {
      assertThat(answers.next(bytes(REFUSED.substring(0, cut)))).isZero();
      assertThat(answers.next(bytes(REFUSED.substring(cut)))).isEqualTo(503);
    }
  }

  @Test
  void sharesAreOfAllAnsweredJobs() {
    // Given two jobs of 100 ms: the way to the step took 10 ms, the wait for a batch 20 and 0
    LatencyTally tally = new LatencyTally();
    tally.answered(110_000_000, new LatencyTally.Timings(0.1, 0.01, 0.02, 0.05));
    tally.answered(90_000_000, new LatencyTally.Timings(0.1, 0.01, 0, 0.05));
    tally.refused();
    tally.failed();

    // When
    Figures figures = tally.figures();

    // Then
    assertThat(figures.get("queue_wait_share")).isCloseTo(0.2, within(1e-9));
    assertThat(figures.get("batch_wait_share")).isCloseTo(0.1, within(1e-9));
    assertThat(figures.get("overhead_p50_ms")).isCloseTo(40, within(0.1));
    assertThat(figures.get("refused_share")).isEqualTo(0.25);
    assertThat(figures.get("failed_share")).isEqualTo(0.25);
  }
}
