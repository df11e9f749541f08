package io.millrace.ingress.jobs;

import io.micronaut.http.HttpRequest;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client calls a request, so that doing it again changes nothing.
 *
 * @param value the key, 1 to {@value #MAX_LENGTH} printable ASCII characters
 * @see <a
 *     href="https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header">The
 *     Idempotency-Key HTTP header field</a>
 */
record IdempotencyKey(String value) {

  static final String HEADER = "Idempotency-Key";

  static final int MAX_LENGTH = 255;

  /** A structured field's string: printable ASCII, quote and backslash escaped. */
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[\\x20-\\x7E&&[^\"\\\\]]|\\\\[\"\\\\])*)\"");

  /** What clients send that do not know structured fields. */
  private static final Pattern BARE = Pattern.compile("[\\x21-\\x7E&&[^\",;\\\\]]*");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  /**
   * The key of a request.
   *
   * @throws ProblemException {@code BAD_REQUEST} when there are several, or one of another form
   */
  static Optional<IdempotencyKey> of(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HEADER);
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    if (headers.size() > 1) {
      throw malformed();
    }
    String header = headers.get(0).strip();
    var quoted = QUOTED.matcher(header);
    String value;
    if (quoted.matches()) {
      value = ESCAPE.matcher(quoted.group(1)).replaceAll("$1");
    } else if (BARE.matcher(header).matches()) {
      value = header;
    } else {
      throw malformed();
    }
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw malformed();
    }
    return Optional.of(new IdempotencyKey(value));
  }

  /** Tells one request from another: a hash of its method, its path and its body. */
  static String fingerprint(HttpRequest<?> request, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String line = request.getMethodName() + ' ' + request.getPath() + '\n';
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      digest.update(body);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static ProblemException malformed() {
    return new ProblemException(
        ProblemType.BAD_REQUEST,
        "Expected one Idempotency-Key of 1 to %d printable ASCII characters, in double quotes."
            .formatted(MAX_LENGTH));
  }
}
