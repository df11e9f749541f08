package io.millrace.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * How a server proves who it is, in PEM files.
 *
 * @param authority certificates that those of others may be signed by
 * @param certificate the server's own, for 127.0.0.1 and localhost, as a server and as a client
 * @param key to it, PKCS #8, not encrypted
 */
public record ServerCertificate(Path authority, Path certificate, Path key) {

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot read " + file, e);
    }
  }

  /** The name that it is for, as others see it. */
  String subject() {
    try {
      X509Certificate first =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate)));
      return first.getSubjectX500Principal().getName();
    } catch (IOException | CertificateException e) {
      throw new EmbeddedServerException("Cannot read " + certificate, e);
    }
  }
}
