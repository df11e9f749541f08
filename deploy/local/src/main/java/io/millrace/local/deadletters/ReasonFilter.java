package io.millrace.local.deadletters;

import io.millrace.schemas.avro.DeadLetterReason;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which letters are meant. The reason is read as a text: its type is Avro's, which would start
 * logging as soon as any command line is parsed, before anyone has said where logs go.
 */
final class ReasonFilter {

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only those of one reason: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  private @Nullable String reason;

  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  boolean given() {
    return reason != null;
  }

  /**
   * Checks what was given.
   *
   * @throws IllegalArgumentException when it is no reason; says which there are
   */
  void check() {
    String wanted = name();
    if (wanted != null && !names().contains(wanted)) {
      throw new IllegalArgumentException(
          "Invalid value for option '--reason': expected one of %s, found '%s'"
              .formatted(names(), reason));
    }
  }

  boolean matches(StoredLetter letter) {
    String wanted = name();
    return wanted == null || letter.letter().getReason().name().equals(wanted);
  }

  private @Nullable String name() {
    return reason == null ? null : reason.toUpperCase(Locale.ROOT);
  }

  private static List<String> names() {
    return Arrays.stream(DeadLetterReason.values()).map(DeadLetterReason::name).toList();
  }
}
