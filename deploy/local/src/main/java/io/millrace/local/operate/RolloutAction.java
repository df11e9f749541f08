package io.millrace.local.operate;

import java.util.Locale;

/** What an operator can ask of a rollout that runs. */
enum RolloutAction {
  PAUSE("Holds a rollout at its step; evidence can still take the candidate back."),
  RESUME("Lets a paused rollout go on."),
  PROMOTE("Gives the candidate all traffic at once."),
  ABORT("Takes the candidate back at once.");

  private final String description;

  RolloutAction(String description) {
    this.description = description;
  }

  /** Its name on the command line and in the API. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }
}
