package io.millrace.local.client;

/**
 * What a client asks of a model that takes a text.
 *
 * @param allowStale whether the last good answer is better than a failure
 */
public record JobRequest(String text, boolean allowStale) {

  public static JobRequest of(String text) {
    return new JobRequest(text, false);
  }
}
