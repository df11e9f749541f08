package io.millrace.ingress.protocol;

import java.util.function.DoublePredicate;

/**
 * Numbers that are allowed.
 *
 * @param expected what they are, for people, such as {@code a number from 0 to 1}
 */
public record NumberRange(String expected, DoublePredicate allowed) {

  /** 0 to 1. */
  public static final NumberRange SHARE =
      new NumberRange("a number from 0 to 1", value -> value >= 0 && value <= 1);

  /** Above 0, up to 1. */
  public static final NumberRange POSITIVE_SHARE =
      new NumberRange("a number above 0 and up to 1", value -> value > 0 && value <= 1);

  /** Between 0 and 1. */
  public static final NumberRange INNER_SHARE =
      new NumberRange("a number above 0 and below 1", value -> value > 0 && value < 1);
}
