package io.millrace.local.deadletters;

import io.millrace.schemas.avro.DeadLetterReason;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The letters to replay; they are handed over one at a time, since one may have megabytes. */
interface Selection {

  void forEach(Consumer<StoredLetter> letters);

  /** Those with these ids. */
  static Selection ids(DeadLetters source, List<DeadLetterId> ids) {
    return letters -> ids.stream().distinct().map(source::find).forEach(letters);
  }

  /**
   * All that there are.
   *
   * @param reason only those of this reason; null for any
   */
  static Selection all(DeadLetters source, @Nullable DeadLetterReason reason) {
    return letters -> {
      int unused =
          source.read(
              null,
              letter -> {
                if (reason == null || letter.letter().getReason() == reason) {
                  letters.accept(letter);
                }
              });
    };
  }
}
