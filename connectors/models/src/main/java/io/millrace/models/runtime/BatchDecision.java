package io.millrace.models.runtime;

/** What a free worker does next. */
sealed interface BatchDecision {

  /** Take the oldest items of a bucket, as many as a batch holds. */
  record Take(int bucket) implements BatchDecision {}

  /** Items wait for company: look again when the ticker says so, or when another item comes. */
  record WaitUntil(long nanos) implements BatchDecision {}

  /** Nothing waits. */
  record Idle() implements BatchDecision {}
}
