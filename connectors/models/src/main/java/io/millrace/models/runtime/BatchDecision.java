package io.millrace.models.runtime;

import io.millrace.schemas.avro.Priority;

/** What a free worker does next. */
sealed interface BatchDecision {

  /** Take the oldest items of a class and bucket, as many as a batch holds. */
  record Take(Priority priority, int bucket) implements BatchDecision {}

  /** Items wait for company: look again when the ticker says so, or when another item comes. */
  record WaitUntil(long nanos) implements BatchDecision {}

  /** Nothing waits. */
  record Idle() implements BatchDecision {}
}
