package io.millrace.schemas;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The form that a webhook's URL must have. Whether its host may be called is decided when it is
 * called, by the addresses that it then resolves to.
 */
public final class WebhookUrls {

  /** Characters of a URL at most. */
  public static final int MAX_LENGTH = 2048;

  private static final int MAX_PORT = 65_535;

  private WebhookUrls() {}

  /**
   * What is wrong with a URL, as a sentence that says what was expected and does not repeat the
   * URL; empty when it can be used.
   *
   * @param httpAllowed whether plain {@code http} is accepted beside {@code https}
   */
  public static Optional<String> violation(String url, boolean httpAllowed) {
    String expected = httpAllowed ? "http or https" : "https";
    if (url.length() > MAX_LENGTH) {
      return violation("at most " + MAX_LENGTH + " characters", url.length() + " characters");
    }
    if (!url.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      return violation("ASCII characters without spaces, others encoded as %XX", "others");
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return violation("an absolute " + expected + " URL", "no URL");
    }
    String scheme = uri.getScheme();
    if (!("https".equalsIgnoreCase(scheme) || (httpAllowed && "http".equalsIgnoreCase(scheme)))) {
      return violation(
          "an absolute " + expected + " URL",
          scheme == null ? "no scheme" : "the scheme '" + scheme + "'");
    }
    if (uri.getRawUserInfo() != null) {
      return violation("no user or password in the URL", "some");
    }
    if (uri.getHost() == null) {
      return violation("a host, as a DNS name or an address", "none");
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      return violation("a port of 1 to " + MAX_PORT, String.valueOf(uri.getPort()));
    }
    if (uri.getRawFragment() != null) {
      return violation("no fragment", "one");
    }
    return Optional.empty();
  }

  private static Optional<String> violation(String expected, String found) {
    return Optional.of("expected " + expected + ", found " + found);
  }
}
