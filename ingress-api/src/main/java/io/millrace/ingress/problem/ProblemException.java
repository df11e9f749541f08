package io.millrace.ingress.problem;

import io.micronaut.http.exceptions.HttpStatusException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is refused for a reason the client is told. Carries no stack trace. */
public final class ProblemException extends HttpStatusException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<Violation> violations;
  private final @Nullable Duration retryAfter;

  /**
   * @param detail what was wrong and what was expected; no payload and nothing of the server's
   *     insides
   */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), null);
  }

  private ProblemException(
      ProblemType type, String detail, List<Violation> violations, @Nullable Duration retryAfter) {
    super(type.status(), detail);
    this.type = type;
    this.retryAfter = retryAfter;
    this.violations = List.copyOf(violations);
  }

  /** A body that is JSON but not a valid request. */
  public static ProblemException invalid(List<Violation> violations) {
    String detail =
        violations.size() == 1
            ? "The body has 1 error."
            : "The body has %d errors.".formatted(violations.size());
    return new ProblemException(ProblemType.INVALID_REQUEST, detail, violations, null);
  }

  /**
   * A refusal that is over after a while.
   *
   * @param retryAfter when to ask again
   */
  public static ProblemException retry(ProblemType type, String detail, Duration retryAfter) {
    return new ProblemException(type, detail, List.of(), retryAfter);
  }

  /** The same, of one place in the body. */
  public ProblemException at(String pointer) {
    return new ProblemException(
        type, detail(), List.of(new Violation(pointer, detail())), retryAfter);
  }

  /** What was wrong and what was expected. */
  public String detail() {
    return Objects.requireNonNull(getMessage());
  }

  /** When to ask again; empty when that is not known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
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
