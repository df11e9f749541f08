package io.millrace.local.chaos;

/** A request and the outcome that its job must have. */
record Question(String model, String text, boolean allowStale, Expectation expected) {

  static Question of(String model, String text, Expectation expected) {
    return new Question(model, text, false, expected);
  }

  /** The same, content with the last good answer. */
  Question allowingStale() {
    return new Question(model, text, true, expected);
  }
}
