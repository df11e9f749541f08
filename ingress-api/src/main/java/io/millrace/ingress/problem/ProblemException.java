package io.millrace.ingress.problem;

import io.micronaut.http.exceptions.HttpStatusException;
import java.util.List;

/** A request that is refused for a reason the client is told. Carries no stack trace. */
public final class ProblemException extends HttpStatusException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<Violation> violations;

  /**
   * @param detail what was wrong and what was expected; no payload and nothing of the server's
   *     insides
   */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  private ProblemException(ProblemType type, String detail, List<Violation> violations) {
    super(type.status(), detail);
    this.type = type;
    this.violations = List.copyOf(violations);
  }

  /** A body that is JSON but not a valid request. */
  public static ProblemException invalid(List<Violation> violations) {
    String detail =
        violations.size() == 1
            ? "The body has 1 error."
            : "The body has %d errors.".formatted(violations.size());
    return new ProblemException(ProblemType.INVALID_REQUEST, detail, violations);
  }

  public ProblemType type() {
    return type;
  }

  public List<Violation> violations() {
    return violations;
  }

  /** Refusals are answers, not faults, and under overload there are many. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
