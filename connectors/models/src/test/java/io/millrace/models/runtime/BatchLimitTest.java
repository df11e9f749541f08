package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchLimitTest {

  private final BatchLimit limit = new BatchLimit(new BatchPolicy(16, 1_000, List.of(), 0, 0, 1));

  @Test
  void startsAtWhatThePackageSays() {
    // Given // When // Then
    assertThat(limit.rows()).isEqualTo(16);
    assertThat(limit.fits(16, 62)).isTrue();
    assertThat(limit.fits(17, 1)).isFalse();
    assertThat(limit.fits(16, 63)).isFalse();
    assertThat(limit.full(15, 62)).isFalse();
    assertThat(limit.full(16, 62)).isTrue();
    assertThat(limit.fill(8, 100)).isEqualTo(0.8);
  }

  @Test
  void isHalvedWithItsTokens() {
    // Given // When
    boolean halved = limit.ranOutOfMemory(16, 10);

    // Then
    assertThat(halved).isTrue();
    assertThat(limit.rows()).isEqualTo(8);
    assertThat(limit.fits(8, 62)).isTrue();
    assertThat(limit.fits(9, 1)).isFalse();
    assertThat(limit.fits(8, 63)).isFalse();
    assertThat(limit.fill(4, 100)).isEqualTo(0.8);
  }

  @Test
  void aCallThatIsLargerThanTheLimitIsNowDoesNotCount() {
    // Given
    limit.ranOutOfMemory(16, 10);

    // When
    boolean again = limit.ranOutOfMemory(16, 10);
    boolean longer = limit.ranOutOfMemory(8, 63);

    // Then
    assertThat(again).isFalse();
    assertThat(longer).isFalse();
    assertThat(limit.rows()).isEqualTo(8);
  }

  @Test
  void isNeverLessThanOneRow() {
    // Given // When
    for (int rows = 16; rows >= 1; rows /= 2) {
      limit.ranOutOfMemory(rows, 10);
    }
    boolean further = limit.ranOutOfMemory(1, 10);

    // Then
    assertThat(further).isFalse();
    assertThat(limit.rows()).isOne();
    assertThat(limit.fits(1, 62)).isTrue();
  }

  @Test
  void oneRowMoreIsTriedAfterThirtyTwoAnswersInARow() {
    // Given
    limit.ranOutOfMemory(16, 10);
    answer(31);
    limit.ranOutOfMemory(8, 10);

    // When
    answer(31);
    int before = limit.rows();
    answer(1);

    // Then
    assertThat(before).isEqualTo(4);
    assertThat(limit.rows()).isEqualTo(5);
  }

  @Test
  void recoversToWhatThePackageSaysAndNotFurther() {
    // Given
    limit.ranOutOfMemory(16, 10);

    // When
    answer(8 * BatchLimit.CALLS_PER_ROW);
    int recovered = limit.rows();
    answer(10 * BatchLimit.CALLS_PER_ROW);

    // Then
    assertThat(recovered).isEqualTo(16);
    assertThat(limit.rows()).isEqualTo(16);
  }

  private void answer(int calls) {
    for (int i = 0; i < calls; i++) {
      limit.answered();
    }
  }
}
