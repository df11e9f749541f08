package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "HTTPS://example.com:8443/hooks/1?key=a%20b",
        "https://192.0.2.1/hook",
        "https://[2001:db8::1]:65535/hook"
      })
  void httpsUrlsWithAHostCanBeUsed(String url) {
    assertThat(WebhookUrls.violation(url, false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', no scheme",
    "/hook, no scheme",
    "ftp://example.com, the scheme 'ftp'",
    "javascript:alert(1), the scheme 'javascript'",
    "http://example.com, the scheme 'http'",
    "https:hook, a host",
    "https:///hook, a host",
    "https://under_score.example.com/, a host",
    "https://user:secret@example.com, no user or password",
    "https://user@example.com, no user or password",
    "https://example.com:0/, a port",
    "https://example.com:65536/, a port",
    "https://example.com:-1/, a host",
    "https://example.com/#part, no fragment",
    "'https://example.com/a b', ASCII",
    "https://exämple.com/, ASCII",
    "https://[::1/, no URL",
    "https://example.com/%zz, no URL"
  })
  void othersAreRefusedWithWhatWasExpected(String url, String part) {
    assertThat(WebhookUrls.violation(url, false)).get().asString().contains(part);
  }

  @Test
  void httpIsUsedOnlyWhereItIsAllowed() {
    assertThat(WebhookUrls.violation("http://example.com/hook", true)).isEmpty();
    assertThat(WebhookUrls.violation("gopher://example.com/hook", true))
        .hasValue("expected an absolute http or https URL, found the scheme 'gopher'");
  }

  @Test
  void theLengthIsBounded() {
    String url = "https://example.com/";
    assertThat(WebhookUrls.violation(url + "a".repeat(2048 - url.length()), false)).isEmpty();
    assertThat(WebhookUrls.violation(url + "a".repeat(2049 - url.length()), false))
        .hasValue("expected at most 2048 characters, found 2049 characters");
  }

  @Test
  void noMessageRepeatsWhatMayBeAPassword() {
    assertThat(WebhookUrls.violation("https://user:hunter2@example.com/", false))
        .get()
        .asString()
        .doesNotContain("hunter2");
  }
}
