package io.millrace.ingress.protocol;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.Violation;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one body, as much of it as an answer should hold. */
public final class Violations {

  private static final int MAX = 20;

  private final List<Violation> found = new ArrayList<>();

  /** Notes something, unless there is enough. */
  public void add(String pointer, String detail) {
    if (!isFull()) {
      found.add(new Violation(pointer, detail));
    }
  }

  /** Whether looking for more is in vain. */
  boolean isFull() {
    return found.size() >= MAX;
  }

  /**
   * Refuses the body.
   *
   * @throws ProblemException when anything was found
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw ProblemException.invalid(found);
    }
  }

  List<Violation> found() {
    return List.copyOf(found);
  }
}
