package io.millrace.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Encoders that come with Millrace as Maven artifacts; only their model files are used.
 *
 * @see <a href="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2">Model card</a>
 */
public enum Encoder {
  /** In 32-bit floats, 90 MB: the same answer whatever else is in the batch. */
  ALL_MINILM_L6_V2("all-minilm-l6-v2"),
  /**
   * In 8-bit integers, 23 MB and about twice as fast: answers differ a little with the batch, since
   * activations are quantised by the batch's range.
   */
  ALL_MINILM_L6_V2_Q("all-minilm-l6-v2-q");

  /** Components of a text's vector. */
  static final int DIMENSION = 384;

  private final String id;

  Encoder(String id) {
    this.id = id;
  }

  /** The name on the command line and in {@code model.yaml}. */
  public String id() {
    return id;
  }

  /**
   * The encoder of a name.
   *
   * @throws IllegalArgumentException lists the names that there are
   */
  public static Encoder of(String id) {
    return Arrays.stream(values())
        .filter(encoder -> encoder.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No such encoder, expected "
                        + Arrays.stream(values())
                            .map(Encoder::id)
                            .collect(Collectors.joining(" or "))));
  }

  void copyModel(Path target) throws IOException {
    copy("/" + id + ".onnx", target);
  }

  void copyTokenizer(Path target) throws IOException {
    copy("/" + id + "-tokenizer.json", target);
  }

  private static void copy(String resource, Path target) throws IOException {
    try (InputStream in = Encoder.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("The class path has no " + resource + ", expected the encoder's jar");
      }
      Files.copy(in, target);
    }
  }
}
