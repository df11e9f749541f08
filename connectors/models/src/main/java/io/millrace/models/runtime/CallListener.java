package io.millrace.models.runtime;

/** Is told of the model calls that items run in. */
public interface CallListener {

  /**
   * A call has ended or was given up. Runs on the thread that answers the items, before it does: to
   * be quick. What it throws is logged.
   */
  void ended(CallReport call);
}
