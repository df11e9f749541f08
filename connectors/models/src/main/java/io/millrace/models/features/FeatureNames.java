package io.millrace.models.features;

import java.util.List;

/** The names of features but for those of a tensor model's columns, which follow its signature. */
public final class FeatureNames {

  /** Tokens that the model reads of a text, special ones included; a long text is cut. */
  public static final String TOKEN_COUNT = "token_count";

  /** Unicode code points of a text, all of them. */
  public static final String CHARACTER_COUNT = "character_count";

  /** Share of a text's tokens, special ones apart, that the vocabulary does not have. */
  public static final String UNKNOWN_SHARE = "unknown_share";

  /** Share of a text's code points that are decimal digits of any script (Unicode Nd). */
  public static final String DIGIT_SHARE = "digit_share";

  /** Share of a text's code points that are punctuation of any script (Unicode P*). */
  public static final String PUNCTUATION_SHARE = "punctuation_share";

  /** The encoder's unit vector of a text, before a classifier's head. */
  public static final String EMBEDDING = "embedding";

  /** A classifier's likeliest label. */
  public static final String LABEL = "label";

  /** The probability of that label. */
  public static final String CONFIDENCE = "confidence";

  /** Entropy of the class probabilities in nats: 0 to the natural logarithm of the classes. */
  public static final String ENTROPY = "entropy";

  /**
   * Euclidean norm of the numbers that a model answers a row with; of a classifier, which answers
   * with probabilities, of those.
   */
  public static final String OUTPUT_NORM = "output_norm";

  /** Of any model that takes texts. */
  public static final List<String> OF_TEXTS =
      List.of(TOKEN_COUNT, CHARACTER_COUNT, UNKNOWN_SHARE, DIGIT_SHARE, PUNCTUATION_SHARE);

  /** Of what a classifier answers. */
  public static final List<String> OF_CLASSES = List.of(LABEL, CONFIDENCE, ENTROPY, OUTPUT_NORM);

  private FeatureNames() {}
}
