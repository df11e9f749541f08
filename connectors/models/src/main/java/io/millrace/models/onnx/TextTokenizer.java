package io.millrace.models.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.millrace.models.ModelLoadException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Hugging Face tokenizer that cuts long texts and never pads: batches are padded as they form.
 */
final class TextTokenizer implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;

  private TextTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  static TextTokenizer open(Path file, int maxLength) throws ModelLoadException {
    DjlProperties.apply();
    String limit = Integer.toString(maxLength);
    // The file's own settings are overridden: MiniLM's pads every text to 128 tokens.
    Map<String, String> options =
        Map.of(
            "padding", "false", "truncation", "true", "maxLength", limit, "modelMaxLength", limit);
    try {
      return new TextTokenizer(HuggingFaceTokenizer.newInstance(file, options));
    } catch (IOException | RuntimeException e) {
      throw new ModelLoadException(file.getFileName() + " is no tokenizer: " + e.getMessage(), e);
    }
  }

  /** Token ids of a text with the special tokens, at most {@code maxLength}. */
  long[] encode(String text) {
    return tokenizer.encode(text).getIds();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
