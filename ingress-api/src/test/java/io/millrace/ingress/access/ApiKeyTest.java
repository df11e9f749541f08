package io.millrace.ingress.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, their secrets, and what is kept of them. */
final class ApiKeyTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

  @Test
  void theTextOfANewKeyFitsItsHash() {
    // When
    ApiKey.Created created = ApiKey.create("acme", EnumSet.of(Scope.READ), NOW, null);

    // Then
    KeyText text = KeyText.parse(created.text()).orElseThrow();
    assertThat(text.id()).isEqualTo(created.key().id());
    assertThat(Base64.getUrlDecoder().decode(text.secret())).hasSize(32);
    assertThat(created.key().hash().matches(text.secret())).isTrue();
    assertThat(created.key().hash().matches(text.secret().substring(1) + "A")).isFalse();
  }

  @Test
  void nothingThatIsPrintedHoldsTheSecret() {
    // When
    ApiKey.Created created = ApiKey.create("acme", EnumSet.of(Scope.READ), NOW, null);

    // Then
    KeyText text = KeyText.parse(created.text()).orElseThrow();
    assertThat(created.toString() + created.key() + text).doesNotContain(text.secret());
  }

  @Test
  void equalSecretsHaveDifferentHashes() {
    // Given
    SecureRandom random = new SecureRandom();

    // When // Then
    assertThat(SecretHash.of("secret", random).toString())
        .isNotEqualTo(SecretHash.of("secret", random).toString());
  }

  @Test
  void hashIsReadAsItWasWritten() {
    // Given
    String written = SecretHash.of("secret", new SecureRandom()).toString();

    // When
    SecretHash hash = SecretHash.parse(written);

    // Then
    assertThat(hash).hasToString(written);
    assertThat(hash.matches("secret")).isTrue();
    assertThat(hash.matches("Secret")).isFalse();
  }

  @Test
  void noSecretFitsTheHashOfNothing() {
    assertThat(SecretHash.ofNothing().matches("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "hmac-sha256$$", "md5$AAAAAAAAAAAAAAAAAAAAAA$AAAA"})
  void whatIsNoHashIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> SecretHash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected hmac-sha256$<salt>$<hash>, as millrace keys create writes it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mr_",
        "mr_0123456789ab",
        "mr_0123456789ab_short",
        "mr_0123456789AB_0123456789012345678901234567890123456789012",
        "sk_0123456789ab_0123456789012345678901234567890123456789012",
        " mr_0123456789ab_0123456789012345678901234567890123456789012"
      })
  void whatIsNoKeyIsNotRead(String text) {
    assertThat(KeyText.parse(text)).isEmpty();
    assertThat(KeyText.parse(text.repeat(100_000))).isEmpty();
  }

  @Test
  void idsAndSecretsDoNotRepeat() {
    // When
    Set<String> parts = new HashSet<>();
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 1_000; i++) {
      KeyText text = KeyText.random(random);
      parts.add(text.id());
      parts.add(text.secret());
    }

    // Then
    assertThat(parts).hasSize(2_000);
  }

  @Test
  void keyExpiresAtItsTime() {
    // Given
    ApiKey key = ApiKey.create("acme", EnumSet.of(Scope.READ), NOW, NOW.plusSeconds(60)).key();

    // When // Then
    assertThat(key.isExpired(NOW.plusSeconds(59))).isFalse();
    assertThat(key.isExpired(NOW.plusSeconds(60))).isTrue();
    assertThat(ApiKey.create("acme", EnumSet.of(Scope.READ), NOW, null).key().isExpired(NOW))
        .isFalse();
  }
}
