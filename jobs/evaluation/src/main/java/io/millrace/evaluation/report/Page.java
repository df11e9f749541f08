package io.millrace.evaluation.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A page that is one file: styles, script, chart library and data are in it, and it loads nothing.
 * Its policy lets no other script run, so text of the data that slipped through could not.
 */
final class Page {

  private static final String CHART_JS =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

  private Page() {}

  /**
   * The page.
   *
   * @param kind what the script draws: {@code evaluation} or {@code replay}
   * @param json the report
   */
  static String of(String title, String kind, Html body, String json) {
    String library = resource(CHART_JS);
    String script = resource("report.js");
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
        style-src 'unsafe-inline'; img-src data:; script-src '%s' '%s'">
        """
            .formatted(hash(library), hash(script))
        + "<title>"
        + Html.escape(title)
        + "</title>\n<style>\n"
        + resource("report.css")
        + "</style>\n</head>\n<body data-kind=\""
        + kind
        + "\">\n<main>\n"
        + body
        + "</main>\n<script type=\"application/json\" id=\"report\">"
        + embedded(json)
        + "</script>\n<script>"
        + library
        + "</script>\n<script>"
        + script
        + "</script>\n</body>\n</html>\n";
  }

  /** JSON that cannot end the element it stands in. */
  private static String embedded(String json) {
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("The class path has no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
