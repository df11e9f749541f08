package io.millrace.ingress.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept of a key's secret: HMAC-SHA256 of it under a salt. A fast hash is right here: the
 * secret is 256 random bits, so that nobody can try them all, and each request is checked.
 */
final class SecretHash {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String NAME = "hmac-sha256";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile(NAME + "\\$([A-Za-z0-9_-]{22})\\$([A-Za-z0-9_-]{43})");

  private final byte[] salt;
  private final byte[] hash;

  private SecretHash(byte[] salt, byte[] hash) {
    this.salt = salt;
    this.hash = hash;
  }

  /** The hash of a secret under a salt of its own. */
  static SecretHash of(String secret, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new SecretHash(salt, hash(salt, secret));
  }

  /** A hash that no secret has. */
  static SecretHash ofNothing() {
    return new SecretHash(new byte[SALT_BYTES], new byte[HASH_BYTES]);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException says what was expected
   */
  static SecretHash parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "expected %s$<salt>$<hash>, as millrace keys create writes it".formatted(NAME));
    }
    Base64.Decoder decoder = Base64.getUrlDecoder();
    return new SecretHash(decoder.decode(form.group(1)), decoder.decode(form.group(2)));
  }

  /** Whether this is the hash of a secret; takes as long either way. */
  boolean matches(String secret) {
    return MessageDigest.isEqual(hash, hash(salt, secret));
  }

  private static byte[] hash(byte[] salt, String secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt, ALGORITHM));
      return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  /** {@code hmac-sha256$<salt>$<hash>}, both in base64url without padding. */
  @Override
  public String toString() {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return NAME + "$" + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
  }
}
