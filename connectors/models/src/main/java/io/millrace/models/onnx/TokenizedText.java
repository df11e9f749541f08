package io.millrace.models.onnx;

/** A text as the model reads it. */
final class TokenizedText {

  private final long[] ids;
  private final double unknownShare;

  private TokenizedText(long[] ids, double unknownShare) {
    this.ids = ids;
    this.unknownShare = unknownShare;
  }

  /**
   * @param special 1 for a token that the tokenizer added, 0 for one of the text
   * @param unknown the id of unknown tokens; one that does not occur when there is none
   */
  static TokenizedText of(long[] ids, long[] special, long unknown) {
    int tokens = 0;
    int unknowns = 0;
    for (int i = 0; i < ids.length; i++) {
      if (special[i] == 0) {
        tokens++;
        unknowns += ids[i] == unknown ? 1 : 0;
      }
    }
    return new TokenizedText(ids, (double) unknowns / tokens);
  }

  /** Of its tokens, special ones included. */
  long[] ids() {
    return ids;
  }

  /**
   * Share of the tokens that are not special which stand for what the vocabulary does not have; NaN
   * when there are none.
   */
  double unknownShare() {
    return unknownShare;
  }
}
