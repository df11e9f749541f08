package io.millrace.local.deadletters;

import java.util.List;
import java.util.function.Consumer;

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
   * @param reason only those that it means
   */
  static Selection all(DeadLetters source, ReasonFilter reason) {
    return letters -> {
      int unused =
          source.read(
              null,
              letter -> {
                if (reason.matches(letter)) {
                  letters.accept(letter);
                }
              });
    };
  }
}
