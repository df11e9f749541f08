package io.millrace.inference.route;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Divides requests by a hash: one key is always on the same side, and a larger share only adds to
 * those inside. SHA-256 over the length-prefixed parts; its first 53 bits are a number in [0, 1).
 */
enum StickySplit {
  /** Which requests a candidate answers. */
  CANARY,
  /** Which of the others it answers unseen: independent of the first. */
  SHADOW;

  private static final int BITS = 53;

  /** Whether a key is inside a share, 0 to 1. */
  boolean holds(String model, String candidate, String key, double share) {
    return share > 0 && point(model, candidate, key) < share;
  }

  /** In [0, 1). */
  double point(String model, String candidate, String key) {
    MessageDigest digest = sha256();
    put(digest, name());
    put(digest, model);
    put(digest, candidate);
    put(digest, key);
    return (ByteBuffer.wrap(digest.digest()).getLong() >>> (Long.SIZE - BITS)) * 0x1p-53;
  }

  private static void put(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
