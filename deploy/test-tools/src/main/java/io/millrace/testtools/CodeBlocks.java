package io.millrace.testtools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The fenced code of a Markdown page, so that tests can run what the page shows. */
public final class CodeBlocks {

  private CodeBlocks() {}

  /**
   * The blocks of one language, in order, without their fences.
   *
   * @param page relative to the root of the repository
   * @param language as it stands behind the opening fence, for example {@code sh}
   */
  public static List<String> of(String page, String language) throws IOException {
    Pattern block =
        Pattern.compile(
            "^```" + Pattern.quote(language) + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    String text = Files.readString(root().resolve(page));
    return block.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }

  /** The root of the repository. */
  public static Path root() {
    return TestTools.home().resolve("../..").normalize();
  }
}
