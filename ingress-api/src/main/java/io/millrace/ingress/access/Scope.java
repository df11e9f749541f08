package io.millrace.ingress.access;

/** What a caller may do. */
public enum Scope {
  /** Submit jobs, cancel them, give feedback on them. */
  SUBMIT,
  /** Read jobs and models. */
  READ,
  /** Change deployments and rollouts; read metrics. */
  OPERATE
}
