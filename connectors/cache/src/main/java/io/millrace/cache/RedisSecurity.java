package io.millrace.cache;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a client and Redis prove to each other who they are. Files are named, so that no secret goes
 * into a job graph; each is {@link #NONE} when it is not needed.
 *
 * @param username of the ACL user; {@link #NONE} for the one in the URI, or Redis' {@code default}
 * @param passwordFile a file with the password alone, read for each connection, so that a new
 *     password needs no restart
 * @param caCertificate PEM with the certificates that Redis' own may be signed by; {@link #NONE}
 *     for those that the JVM trusts
 * @param certificate PEM with the client's certificate and those between it and its authority
 * @param certificateKey PEM (PKCS #8) with the key to it, not encrypted
 */
public record RedisSecurity(
    String username,
    String passwordFile,
    String caCertificate,
    String certificate,
    String certificateKey)
    implements Serializable {

  /** Instead of a name or a file. */
  public static final String NONE = "none";

  /**
   * @throws IllegalArgumentException names what is missing, without its prefix
   */
  public RedisSecurity {
    if (given(username) && !given(passwordFile)) {
      throw new IllegalArgumentException(
          "password-file: expected the file with the password of " + username + ", found none");
    }
    if (given(certificate) != given(certificateKey)) {
      throw new IllegalArgumentException(
          "certificate-key: expected together with certificate, or both to be " + NONE);
    }
    requireReadable("password-file", passwordFile);
    requireReadable("ca-certificate", caCertificate);
    requireReadable("certificate", certificate);
    requireReadable("certificate-key", certificateKey);
  }

  /** What the URI says alone. */
  public static RedisSecurity none() {
    return new RedisSecurity(NONE, NONE, NONE, NONE, NONE);
  }

  private static boolean given(String value) {
    return !value.equals(NONE);
  }

  private static void requireReadable(String key, String file) {
    if (given(file) && !Files.isReadable(Path.of(file))) {
      throw new IllegalArgumentException("%s: cannot read the file %s".formatted(key, file));
    }
  }

  /** Whether anything here says how to speak TLS. */
  boolean isOfTls() {
    return given(caCertificate) || given(certificate);
  }

  void applyTo(RedisURI uri) {
    if (given(passwordFile)) {
      uri.setCredentialsProvider(RedisCredentialsProvider.from(this::credentials));
    }
  }

  private RedisCredentials credentials() {
    try {
      String password = Files.readString(Path.of(passwordFile)).strip();
      return RedisCredentials.just(given(username) ? username : null, password);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the password file " + passwordFile, e);
    }
  }

  SslOptions sslOptions() {
    SslOptions.Builder options =
        SslOptions.builder().jdkSslProvider().protocols("TLSv1.3", "TLSv1.2");
    if (given(caCertificate)) {
      options.trustManager(Path.of(caCertificate).toFile());
    }
    if (given(certificate)) {
      options.keyManager(
          Path.of(certificate).toFile(), Path.of(certificateKey).toFile(), new char[0]);
    }
    return options.build();
  }
}
