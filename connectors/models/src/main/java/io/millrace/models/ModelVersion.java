package io.millrace.models;

import java.util.regex.Pattern;

/**
 * One version of one model, the name of a model package.
 *
 * @param model lower-case letters, digits, dots, hyphens and underscores; starts with a letter or
 *     digit; at most 100 characters
 * @param version a semantic version, {@code 1.2.3} or {@code 1.2.3-rc.1}
 */
public record ModelVersion(String model, String version) {

  private static final Pattern MODEL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Pattern VERSION =
      Pattern.compile("(0|[1-9]\\d{0,8})(\\.(0|[1-9]\\d{0,8})){2}(-[0-9A-Za-z.-]{1,40})?");

  /**
   * @throws IllegalArgumentException when a part is not of its form; so neither can name another
   *     directory
   */
  public ModelVersion {
    if (!MODEL.matcher(model).matches() || model.contains("..")) {
      throw new IllegalArgumentException(
          "Not a model name: expected lower-case letters, digits, '.', '-' and '_'");
    }
    if (!VERSION.matcher(version).matches() || version.contains("..")) {
      throw new IllegalArgumentException("Not a model version: expected one like 1.0.0");
    }
  }

  /** {@code model/version}. */
  @Override
  public String toString() {
    return model + "/" + version;
  }
}
