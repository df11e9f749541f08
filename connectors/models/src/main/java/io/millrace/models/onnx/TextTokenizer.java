package io.millrace.models.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.millrace.models.ModelLoadException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Hugging Face tokenizer that cuts long texts and never pads: batches are padded as they form.
 */
final class TextTokenizer implements AutoCloseable {

  /** Ids are not negative. */
  private static final long NO_UNKNOWN = -1;

  private final HuggingFaceTokenizer tokenizer;
  private final long unknown;

  private TextTokenizer(HuggingFaceTokenizer tokenizer, long unknown) {
    this.tokenizer = tokenizer;
    this.unknown = unknown;
  }

  static TextTokenizer open(Path file, int maxLength) throws ModelLoadException {
    DjlProperties.apply();
    String limit = Integer.toString(maxLength);
    // The file's own settings are overridden: MiniLM's pads every text to 128 tokens.
    Map<String, String> options =
        Map.of(
            "padding", "false", "truncation", "true", "maxLength", limit, "modelMaxLength", limit);
    try {
      long unknown = UnknownToken.id(file).orElse(NO_UNKNOWN);
      return new TextTokenizer(HuggingFaceTokenizer.newInstance(file, options), unknown);
    } catch (IOException | RuntimeException e) {
      throw new ModelLoadException(file.getFileName() + " is no tokenizer: " + e.getMessage(), e);
    }
  }

  /** The tokens of a text with the special ones, at most {@code maxLength}. */
  TokenizedText encode(String text) {
    Encoding encoding = tokenizer.encode(text);
    return TokenizedText.of(encoding.getIds(), encoding.getSpecialTokenMask(), unknown);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
