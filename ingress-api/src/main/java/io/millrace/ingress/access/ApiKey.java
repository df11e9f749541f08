package io.millrace.ingress.access;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows of an API key.
 *
 * @param id the public part of the key
 * @param tenant whose key it is
 * @param scopes what it allows
 * @param createdAt when it was made; null when that is not known
 * @param expiresAt from when on it is refused; null for never
 * @param hash of the secret
 */
public record ApiKey(
    String id,
    String tenant,
    Set<Scope> scopes,
    @Nullable Instant createdAt,
    @Nullable Instant expiresAt,
    SecretHash hash) {

  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  /** A new key, and the text that its owner gets: it cannot be had again. */
  public static Created create(
      String tenant, Set<Scope> scopes, Instant now, @Nullable Instant expiresAt) {
    SecureRandom random = new SecureRandom();
    KeyText text = KeyText.random(random);
    SecretHash hash = SecretHash.of(text.secret(), random);
    return new Created(new ApiKey(text.id(), tenant, scopes, now, expiresAt, hash), text.whole());
  }

  /** Whether it is refused for its age. */
  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  Caller caller() {
    return new Caller(id, tenant, scopes);
  }

  /**
   * A key that was just made.
   *
   * @param text the whole key
   */
  public record Created(ApiKey key, String text) {

    /** Without the text. */
    @Override
    public String toString() {
      return "Created[key=" + key.id() + "]";
    }
  }
}
