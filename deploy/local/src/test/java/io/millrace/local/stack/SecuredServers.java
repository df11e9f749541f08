package io.millrace.local.stack;

import io.millrace.embedded.BrokerSecurity;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.embedded.EmbeddedRedis;
import io.millrace.embedded.RedisAccess;
import io.millrace.embedded.ServerCertificate;
import io.millrace.security.Component;
import io.millrace.security.KafkaCluster;
import io.millrace.security.KafkaSecurity;
import io.millrace.testtools.CertificateAuthority;
import io.millrace.testtools.CertificateAuthority.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A broker and a Redis that ask everybody who they are, with the users that the product has, and
 * one more that may do everything. Each password is the name of its user backwards.
 */
final class SecuredServers implements AutoCloseable {

  static final String ADMIN = "admin";

  /** The file that the documents tell of, as it is. */
  private static final Path REDIS_USERS = Path.of("../redis/users.acl.template");

  private final Path directory;
  private final CertificateAuthority authority;
  private final EmbeddedKafka kafka;
  private final EmbeddedRedis redis;

  private SecuredServers(
      Path directory, CertificateAuthority authority, EmbeddedKafka kafka, EmbeddedRedis redis) {
    this.directory = directory;
    this.authority = authority;
    this.kafka = kafka;
    this.redis = redis;
  }

  static SecuredServers start(Path directory) throws IOException {
    CertificateAuthority authority =
        CertificateAuthority.create(directory.resolve("certificates"), "authority");
    Map<String, String> users = new HashMap<>();
    Stream.concat(Stream.of(Component.values()).map(Component::label), Stream.of(ADMIN))
        .forEach(user -> users.put(user, password(user)));
    EmbeddedKafka kafka =
        EmbeddedKafka.startSecured(
            directory.resolve("kafka"),
            0,
            new BrokerSecurity(certificate(authority, "broker"), users, Set.of(ADMIN)));
    EmbeddedRedis redis =
        EmbeddedRedis.startSecured(
            directory.resolve("redis"),
            0,
            new RedisAccess(certificate(authority, "redis"), redisUsers(directory)));
    return new SecuredServers(directory, authority, kafka, redis);
  }

  private static ServerCertificate certificate(CertificateAuthority authority, String name) {
    Issued issued = authority.issue(name);
    return new ServerCertificate(authority.certificate(), issued.certificate(), issued.key());
  }

  private static Path redisUsers(Path directory) throws IOException {
    String users = Files.readString(REDIS_USERS);
    for (String user : List.of("ingress-api", "inference-job", "webhooks-job", "probe")) {
      users =
          users.replace(
              "${%s_SHA256}".formatted(user.toUpperCase(Locale.ROOT).replace('-', '_')),
              sha256(password(user)));
    }
    return Files.writeString(
        directory.resolve("users.acl"),
        users + "user %s on #%s ~* &* +@all\n".formatted(ADMIN, sha256(password(ADMIN))));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String password(String user) {
    return new StringBuilder(user).reverse().toString();
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  String redisUri() {
    return redis.uri();
  }

  Path authority() {
    return authority.certificate();
  }

  /** A certificate for this machine. */
  Issued issue(String name) {
    return authority.issue(name);
  }

  /** The properties file of a Kafka client that is somebody. */
  Path kafkaProperties(String user) throws IOException {
    return kafkaProperties(user, password(user));
  }

  Path kafkaProperties(String user, String password) throws IOException {
    return Files.writeString(
        directory.resolve("kafka-%s-%d.properties".formatted(user, password.hashCode())),
        """
        security.protocol=SASL_SSL
        sasl.mechanism=SCRAM-SHA-512
        sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
        username="%s" password="%s";
        ssl.truststore.type=PEM
        ssl.truststore.location=%s
        """
            .formatted(user, password, authority()));
  }

  KafkaCluster kafka(String user) throws IOException {
    return kafka(kafkaProperties(user));
  }

  KafkaCluster kafka(Path properties) {
    return new KafkaCluster(bootstrapServers(), KafkaSecurity.of(properties.toString()));
  }

  Path redisPassword(String user) throws IOException {
    return Files.writeString(directory.resolve("redis-" + user), password(user) + "\n");
  }

  @Override
  public void close() {
    redis.close();
    kafka.close();
  }
}
