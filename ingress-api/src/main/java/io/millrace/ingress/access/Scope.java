package io.millrace.ingress.access;

import java.util.Locale;

/** What a caller may do. */
public enum Scope {
  /** Submit jobs, cancel them, give feedback on them. */
  SUBMIT,
  /** Read jobs and models. */
  READ,
  /** Change deployments and rollouts; read metrics. */
  OPERATE;

  /** The scope's name in files and messages: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
