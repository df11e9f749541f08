package io.millrace.models.faulty;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a text of an item can ask for by holding the marker's name in braces, {@code {throw}} for
 * one. But for {@link #INVALID} and {@link #NAN} each call that holds the item goes wrong, so that
 * only a runtime that isolates the item can answer its batch mates.
 */
public enum Marker {
  /** {@code {throw}}: calls with the item throw an {@link IllegalStateException}. */
  THROW,
  /** {@code {hang}}: calls with the item last until they are stopped. */
  HANG,
  /** {@code {nan}}: calls with the item have NaN for each FP32 number of the item's outputs. */
  NAN,
  /** {@code {oom}}: calls with the item use up the heap of the JVM. */
  OOM,
  /** {@code {invalid}}: the item is refused before it gets into any batch. */
  INVALID;

  private final String text = "{" + name().toLowerCase(Locale.ROOT) + "}";

  /** The marker as texts hold it, with its braces. */
  public String text() {
    return text;
  }

  static Set<Marker> in(Collection<String> texts) {
    Set<Marker> found = EnumSet.noneOf(Marker.class);
    Arrays.stream(values())
        .filter(marker -> texts.stream().anyMatch(text -> text.contains(marker.text)))
        .forEach(found::add);
    return found;
  }
}
