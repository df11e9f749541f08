package io.millrace.testtools;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates for tests, made anew for each run and good for a day. */
public final class CertificateAuthority {

  private static final Duration LIFE = Duration.ofDays(1);

  private final Path directory;
  private final Instant now;
  private final SecureRandom random = new SecureRandom();
  private final X500Name name;
  private final KeyPair keys;

  private CertificateAuthority(Path directory, String name, Instant now)
      throws GeneralSecurityException {
    this.directory = directory;
    this.now = now;
    this.name = new X500Name("CN=" + name);
    keys = keyPair();
  }

  /**
   * A key and the certificate to it, in PEM files.
   *
   * @param key PKCS #8, not encrypted
   */
  public record Issued(Path certificate, Path key) {}

  /** Makes an authority, and writes its own certificate into a directory. */
  public static CertificateAuthority create(Path directory, String name) {
    try {
      Files.createDirectories(directory);
      CertificateAuthority authority =
          new CertificateAuthority(directory, name, Clock.systemUTC().instant());
      JcaX509v3CertificateBuilder builder = authority.builder(authority.name, authority.keys);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      write(authority.certificate(), authority.sign(builder));
      return authority;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The authority's own certificate. */
  public Path certificate() {
    return directory.resolve(fileName(name) + ".crt");
  }

  /** Signs a certificate for 127.0.0.1 and localhost, of a server and of a client. */
  public Issued issue(String subject) {
    return issue(
        subject,
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
        new GeneralName(GeneralName.dNSName, "localhost"));
  }

  /** Signs a certificate for a host that this one is not. */
  public Issued issueForHost(String subject, String host) {
    return issue(subject, new GeneralName(GeneralName.dNSName, host));
  }

  private Issued issue(String subject, GeneralName... hosts) {
    try {
      KeyPair own = keyPair();
      JcaX509v3CertificateBuilder builder = builder(new X500Name("CN=" + subject), own);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(hosts));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      Issued issued =
          new Issued(directory.resolve(subject + ".crt"), directory.resolve(subject + ".key"));
      write(issued.certificate(), sign(builder));
      write(issued.key(), new JcaPKCS8Generator(own.getPrivate(), null));
      return issued;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair own)
      throws CertIOException {
    return new JcaX509v3CertificateBuilder(
        name,
        new BigInteger(64, random),
        Date.from(now.minus(LIFE)),
        Date.from(now.plus(LIFE)),
        subject,
        own.getPublic());
  }

  private X509Certificate sign(JcaX509v3CertificateBuilder builder)
      throws OperatorCreationException, GeneralSecurityException {
    X509CertificateHolder holder =
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static void write(Path file, Object content) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(content);
    }
    Files.writeString(file, text.toString());
  }

  private static String fileName(X500Name name) {
    return name.toString().substring("CN=".length());
  }
}
