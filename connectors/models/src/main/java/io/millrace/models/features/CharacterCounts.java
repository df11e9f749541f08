package io.millrace.models.features;

/**
 * Counts of a text's code points by Unicode category, so of any language. A digit is one of
 * category Nd (Arabic-Indic digits are, fractions and Roman numerals are not); punctuation is Pc,
 * Pd, Ps, Pe, Pi, Pf and Po (currency signs and emoji are symbols, not punctuation).
 *
 * @param characters all code points, white space included
 * @param digits of them
 * @param punctuation of them
 */
public record CharacterCounts(int characters, int digits, int punctuation) {

  private static final int PUNCTUATION =
      1 << Character.CONNECTOR_PUNCTUATION
          | 1 << Character.DASH_PUNCTUATION
          | 1 << Character.START_PUNCTUATION
          | 1 << Character.END_PUNCTUATION
          | 1 << Character.INITIAL_QUOTE_PUNCTUATION
          | 1 << Character.FINAL_QUOTE_PUNCTUATION
          | 1 << Character.OTHER_PUNCTUATION;

  public static CharacterCounts of(String text) {
    int characters = 0;
    int digits = 0;
    int punctuation = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int type = Character.getType(character);
      characters++;
      if (type == Character.DECIMAL_DIGIT_NUMBER) {
        digits++;
      } else if ((PUNCTUATION >> type & 1) != 0) {
        punctuation++;
      }
      i += Character.charCount(character);
    }
    return new CharacterCounts(characters, digits, punctuation);
  }

  /** NaN for an empty text. */
  public double digitShare() {
    return (double) digits / characters;
  }

  /** NaN for an empty text. */
  public double punctuationShare() {
    return (double) punctuation / characters;
  }
}
