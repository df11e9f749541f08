package io.millrace.ingress.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its owner has it: {@code mr_<id>_<secret>}. The id is public and tells which key it
 * is; the secret is 256 random bits in base64url.
 */
final class KeyText {

  /** Longer than any key, so that nothing of a caller's choice is hashed. */
  private static final int MAX_LENGTH = 128;

  private static final int ID_LENGTH = 12;
  private static final String ID_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("mr_([0-9a-z]{12})_([A-Za-z0-9_-]{43})");

  private final String id;
  private final String secret;

  private KeyText(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  static KeyText random(SecureRandom random) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new KeyText(
        id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Empty when the text has not the form of a key. */
  static Optional<KeyText> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new KeyText(form.group(1), form.group(2)))
        : Optional.empty();
  }

  static boolean isId(String text) {
    return text.matches("[0-9a-z]{12}");
  }

  String id() {
    return id;
  }

  String secret() {
    return secret;
  }

  /** The whole key, to be shown to its owner once. */
  String whole() {
    return "mr_" + id + "_" + secret;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "mr_" + id + "_...";
  }
}
