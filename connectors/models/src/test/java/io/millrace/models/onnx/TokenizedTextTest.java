package io.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenizedTextTest {

  private static final long UNKNOWN = 100;

  @Test
  void unknownTokensAreCountedAmongThoseThatAreNotSpecial() {
    // When
    TokenizedText text =
        TokenizedText.of(
            new long[] {101, 7, 100, 8, 9, 102}, new long[] {1, 0, 0, 0, 0, 1}, UNKNOWN);

    // Then
    assertThat(text.ids()).hasSize(6);
    assertThat(text.unknownShare()).isEqualTo(0.25);
  }

  @Test
  void aTextWithoutTokensHasNoShare() {
    assertThat(TokenizedText.of(new long[] {101, 102}, new long[] {1, 1}, UNKNOWN).unknownShare())
        .isNaN();
  }

  @Test
  void withoutAnUnknownTokenEverythingIsKnown() {
    assertThat(TokenizedText.of(new long[] {0, 5}, new long[] {0, 0}, -1).unknownShare()).isZero();
  }
}
