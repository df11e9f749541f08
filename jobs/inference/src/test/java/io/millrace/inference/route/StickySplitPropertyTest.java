package io.millrace.inference.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class StickySplitPropertyTest {

  private static final int KEYS = 20_000;

  /** Four standard deviations of a share of so many keys. */
  private static final double TOLERANCE = 4 * 0.5 / Math.sqrt(KEYS);

  @Property
  void aLargerShareKeepsWhoWasInside(
      @ForAll String key,
      @ForAll @DoubleRange(max = 1) double one,
      @ForAll @DoubleRange(max = 1) double other) {
    boolean inSmaller = StickySplit.CANARY.holds("m", "2.0.0", key, Math.min(one, other));
    boolean inLarger = StickySplit.CANARY.holds("m", "2.0.0", key, Math.max(one, other));

    assertThat(inLarger || !inSmaller).isTrue();
    assertThat(StickySplit.CANARY.holds("m", "2.0.0", key, 0)).isFalse();
    assertThat(StickySplit.CANARY.holds("m", "2.0.0", key, 1)).isTrue();
  }

  @Test
  void aShareOfTheKeysIsInsideAndTheShadowsAreIndependentOfIt() {
    int canary = 0;
    int shadow = 0;
    int both = 0;
    int otherCandidate = 0;
    for (int i = 0; i < KEYS; i++) {
      String key = "job-" + i;
      boolean inCanary = StickySplit.CANARY.holds("m", "2.0.0", key, 0.25);
      boolean inShadow = StickySplit.SHADOW.holds("m", "2.0.0", key, 0.5);
      canary += inCanary ? 1 : 0;
      shadow += inShadow ? 1 : 0;
      both += inCanary && inShadow ? 1 : 0;
      otherCandidate += inCanary && StickySplit.CANARY.holds("m", "3.0.0", key, 0.25) ? 1 : 0;
    }

    assertThat(canary / (double) KEYS).isCloseTo(0.25, within(TOLERANCE));
    assertThat(shadow / (double) KEYS).isCloseTo(0.5, within(TOLERANCE));
    assertThat(both / (double) KEYS).isCloseTo(0.125, within(TOLERANCE));
    assertThat(otherCandidate / (double) KEYS).isCloseTo(0.0625, within(TOLERANCE));
  }
}
