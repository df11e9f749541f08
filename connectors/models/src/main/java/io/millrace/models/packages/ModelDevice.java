package io.millrace.models.packages;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model runs, as {@code device} in {@code model.yaml} says it.
 *
 * @param kind the choice
 * @param index which GPU of the machine, from 0; 0 for {@link Kind#CPU}
 */
public record ModelDevice(Kind kind, int index) {

  /** The forms of {@code device}. */
  public static final String FORMS = "cpu, gpu, gpu:N or auto";

  private static final Pattern FORM = Pattern.compile("(cpu|gpu|auto)|gpu:(\\d{1,3})");

  /** What a package chooses between. */
  public enum Kind {
    CPU,
    GPU,
    /** The first GPU where it can be used, else the processor. */
    AUTO
  }

  /** The device of a manifest; nothing when the text is none of {@link #FORMS}. */
  static Optional<ModelDevice> find(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (text) {
          case "cpu" -> new ModelDevice(Kind.CPU, 0);
          case "auto" -> new ModelDevice(Kind.AUTO, 0);
          case "gpu" -> new ModelDevice(Kind.GPU, 0);
          default -> new ModelDevice(Kind.GPU, Integer.parseInt(form.group(2)));
        });
  }

  /**
   * The device of a manifest.
   *
   * @throws IllegalArgumentException says what was expected
   */
  public static ModelDevice of(String text) {
    return find(text)
        .orElseThrow(
            () -> new IllegalArgumentException("device: expected " + FORMS + ", found " + text));
  }

  /** Whether no GPU is asked for. */
  public boolean isCpu() {
    return kind == Kind.CPU;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case CPU -> "cpu";
      case AUTO -> "auto";
      case GPU -> index == 0 ? "gpu" : "gpu:" + index;
    };
  }
}
