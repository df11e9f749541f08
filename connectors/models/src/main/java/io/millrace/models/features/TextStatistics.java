package io.millrace.models.features;

import static io.millrace.models.features.FeatureNames.CHARACTER_COUNT;
import static io.millrace.models.features.FeatureNames.DIGIT_SHARE;
import static io.millrace.models.features.FeatureNames.PUNCTUATION_SHARE;
import static io.millrace.models.features.FeatureNames.TOKEN_COUNT;
import static io.millrace.models.features.FeatureNames.UNKNOWN_SHARE;

/**
 * What was counted of a text while it was at hand: it does not stay with the item.
 *
 * @param tokens that the model reads of it, special ones included
 * @param unknownShare share of the others of them that the vocabulary does not have; NaN when there
 *     are none
 */
public record TextStatistics(CharacterCounts counts, int tokens, double unknownShare) {

  /** Counts the characters of a text whose tokens are counted already. */
  public static TextStatistics of(String text, int tokens, double unknownShare) {
    return new TextStatistics(CharacterCounts.of(text), tokens, unknownShare);
  }

  /** Adds the features of {@link FeatureNames#OF_TEXTS}. */
  public void addTo(RowFeatures row) {
    row.number(TOKEN_COUNT, () -> tokens)
        .number(CHARACTER_COUNT, counts::characters)
        .number(UNKNOWN_SHARE, () -> unknownShare)
        .number(DIGIT_SHARE, counts::digitShare)
        .number(PUNCTUATION_SHARE, counts::punctuationShare);
  }
}
