package io.millrace.models.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharacterCountsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Nd of any script: Arabic-Indic, Devanagari, full-width
        "call 0800-12 | 12 | 6 | 1",
        "\u0660\u0661\u0662\u061F | 4 | 3 | 1",
        "\u0967\u0968\uFF13 | 3 | 3 | 0",
        // No and Nl are numbers, not digits
        "\u00BD\u2163\u00B2 | 3 | 0 | 0",
        // Chinese and Japanese with their own punctuation
        "\u4F60\u597D\uFF0C\u4E16\u754C\u3002\u300C\u300D | 8 | 0 | 4",
        // One of each category of punctuation: Pc Pd Ps Pe Pi Pf Po
        "_-()\u00AB\u00BB! | 7 | 0 | 7",
        // Symbols: currency, mathematics, modifier
        "$+^\u20AC | 4 | 0 | 0",
        // An emoji is one code point, one with a skin tone two, a family seven with its joiners
        "\uD83D\uDE00 | 1 | 0 | 0",
        "\uD83D\uDC4D\uD83C\uDFFD | 2 | 0 | 0",
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66 | 7 | 0 | 0",
        // e with a combining accent; Mathematical digits outside of the basic plane
        "e\u0301 | 2 | 0 | 0",
        "\uD835\uDFCE\uD835\uDFD7 | 2 | 2 | 0",
        // Half of a pair
        "a\uD83D | 2 | 0 | 0"
      })
  void countsCodePointsByCategory(String text, int characters, int digits, int punctuation) {
    assertThat(CharacterCounts.of(text))
        .isEqualTo(new CharacterCounts(characters, digits, punctuation));
  }

  @Test
  void sharesAreOfAllCharacters() {
    // When
    CharacterCounts counts = CharacterCounts.of("42 is it!\n");

    // Then
    assertThat(counts.digitShare()).isEqualTo(0.2);
    assertThat(counts.punctuationShare()).isEqualTo(0.1);
  }

  @Test
  void anEmptyTextHasNoShares() {
    // When
    CharacterCounts counts = CharacterCounts.of("");

    // Then
    assertThat(counts.characters()).isZero();
    assertThat(counts.digitShare()).isNaN();
    assertThat(counts.punctuationShare()).isNaN();
  }
}
