package io.millrace.cache;

/** What is known of an idempotency key when it is claimed. */
public sealed interface IdempotencyClaim {

  /**
   * The key is this caller's for the length of a lease.
   *
   * @param jobId the job to submit: the one proposed, or that of an earlier holder who never said
   *     what became of it
   * @param key where the key is kept
   * @param token tells this holder from others
   */
  record Held(String jobId, String key, String token) implements IdempotencyClaim {}

  /** The key stands for a job that was accepted. */
  record Known(String jobId) implements IdempotencyClaim {}

  /** Another holder submits the same request now. */
  record InFlight() implements IdempotencyClaim {}

  /** The key was used with another request. */
  record Mismatch() implements IdempotencyClaim {}
}
