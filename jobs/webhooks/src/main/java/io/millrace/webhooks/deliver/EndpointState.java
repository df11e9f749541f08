package io.millrace.webhooks.deliver;

/**
 * What is kept of an endpoint beside its deliveries; state. It goes when nothing is left to do.
 *
 * @param health breaker and share
 * @param head position of the first delivery in the queue
 * @param tail position after the last one
 * @param nextAttempt number of the next attempt
 * @param running attempts under way
 * @param retrying deliveries that wait for their time
 */
public record EndpointState(
    EndpointHealth health, long head, long tail, long nextAttempt, int running, int retrying) {

  static final EndpointState NEW = new EndpointState(EndpointHealth.UNKNOWN, 0, 0, 0, 0, 0);

  boolean queueIsEmpty() {
    return head == tail;
  }

  boolean isIdle() {
    return queueIsEmpty() && running == 0 && retrying == 0;
  }

  EndpointState with(EndpointHealth changed) {
    return new EndpointState(changed, head, tail, nextAttempt, running, retrying);
  }

  EndpointState queued() {
    return new EndpointState(health, head, tail + 1, nextAttempt, running, retrying);
  }

  EndpointState taken() {
    return new EndpointState(health, head + 1, tail, nextAttempt, running, retrying);
  }

  EndpointState started() {
    return new EndpointState(health, head, tail, nextAttempt + 1, running + 1, retrying);
  }

  EndpointState ended() {
    return new EndpointState(health, head, tail, nextAttempt, running - 1, retrying);
  }

  EndpointState waiting(int change) {
    return new EndpointState(health, head, tail, nextAttempt, running, retrying + change);
  }
}
