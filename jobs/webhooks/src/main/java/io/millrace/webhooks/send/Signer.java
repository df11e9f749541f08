package io.millrace.webhooks.send;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Signs by Standard Webhooks 1.0.0, with every secret of a tenant: so that one can be rotated. */
final class Signer {

  /** What a secret starts with; the rest is base64 of the key. */
  static final String PREFIX = "whsec_";

  /** Bytes of a key: as the standard has it. */
  private static final int MIN_KEY_BYTES = 24;

  private static final int MAX_KEY_BYTES = 64;

  private final List<Webhook> keys;

  private Signer(List<Webhook> keys) {
    this.keys = keys;
  }

  /**
   * A signer.
   *
   * @param secrets newest first, at least one
   * @throws IllegalArgumentException says what was expected; never repeats a secret
   */
  static Signer of(List<String> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("expected at least one secret, found none");
    }
    List<Webhook> keys = new ArrayList<>();
    for (String secret : secrets) {
      keys.add(key(secret));
    }
    return new Signer(keys);
  }

  private static Webhook key(String secret) {
    if (secret != null && secret.startsWith(PREFIX)) {
      try {
        int bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length())).length;
        if (bytes >= MIN_KEY_BYTES && bytes <= MAX_KEY_BYTES) {
          return new Webhook(secret);
        }
      } catch (IllegalArgumentException | EmptyWebhookSecretException e) {
        // Falls through to the error that says what is expected, without the secret.
      }
    }
    throw new IllegalArgumentException(
        "expected secrets of the form whsec_<base64 of %d to %d bytes>, found another"
            .formatted(MIN_KEY_BYTES, MAX_KEY_BYTES));
  }

  /** The header {@code webhook-signature}: one signature a secret, newest first. */
  String sign(String webhookId, Instant timestamp, String body) {
    List<String> signatures = new ArrayList<>();
    for (Webhook key : keys) {
      try {
        signatures.add(key.sign(webhookId, timestamp.getEpochSecond(), body));
      } catch (WebhookSigningException e) {
        throw new IllegalStateException("Every Java platform has HmacSHA256", e);
      }
    }
    return String.join(" ", signatures);
  }
}
