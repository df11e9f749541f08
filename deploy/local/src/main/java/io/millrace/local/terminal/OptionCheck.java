package io.millrace.local.terminal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of what options were given. */
public final class OptionCheck {

  private OptionCheck() {}

  /**
   * Requires that the value of an option is one that the command can do with.
   *
   * @param spec of the command, as picocli injects it
   * @param option its name, with the dashes
   * @param expected what the value must be, to follow "expected"
   * @throws ParameterException when it does not hold; says what was expected and what was found
   */
  public static void require(
      @Nullable CommandSpec spec,
      boolean holds,
      String option,
      String expected,
      @Nullable Object found) {
    if (!holds) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Invalid value for option '%s': expected %s, found %s"
              .formatted(option, expected, found));
    }
  }
}
