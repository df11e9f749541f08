package io.millrace.local.deadletters;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a dead letter is in its topic; written {@code partition:offset}. */
public record DeadLetterId(int partition, long offset) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException says which form was expected
   */
  public static DeadLetterId parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "expected an id like 0:17, partition:offset as 'list' shows it, found '" + text + "'");
    }
    return new DeadLetterId(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
  }

  @Override
  public String toString() {
    return partition + ":" + offset;
  }

  /** For the command line. */
  public static final class Converter implements ITypeConverter<DeadLetterId> {
    @Override
    public DeadLetterId convert(String value) {
      try {
        return parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
