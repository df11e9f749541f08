package io.millrace.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTest {

  private static final String SECRET = "correct horse";
  private static final String JAAS =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"job\""
          + " password=\""
          + SECRET
          + "\";";

  @TempDir private Path directory;

  @Test
  void nothingIsSetWithoutAFile() {
    assertThat(KafkaSecurity.of("none").settings()).isEmpty();
    KafkaSecurity.of("none").verify();
  }

  @Test
  void aSecretInTheFileIsHandedOnAsAReferenceAndFoundByTheClient() throws IOException {
    // Given
    Path file =
        write(
            "security.protocol=SASL_SSL",
            "sasl.mechanism=SCRAM-SHA-512",
            "sasl.jaas.config=" + JAAS);

    // When
    KafkaSecurity security = KafkaSecurity.of(file.toString());

    // Then
    assertThat(security.settings())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.jaas.config", "${millrace:" + file + ":sasl.jaas.config}");
    assertThat(security.settings().toString()).doesNotContain(SECRET);
    assertThat(security.toString()).doesNotContain(SECRET).contains("sasl.jaas.config");
    assertThat(client(security).getPassword("sasl.jaas.config")).isEqualTo(new Password(JAAS));
    security.verify();
  }

  @Test
  void anOperatorsOwnReferenceStaysAsItIs() throws IOException {
    // Given
    Path secrets = Files.writeString(directory.resolve("secrets"), "password=" + SECRET);
    Path file =
        write(
            "config.providers=file",
            "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider",
            "ssl.truststore.password=${file:" + secrets + ":password}",
            "ssl.key.password=" + SECRET);

    // When
    KafkaSecurity security = KafkaSecurity.of(file.toString());

    // Then
    assertThat(security.settings())
        .containsEntry("ssl.truststore.password", "${file:" + secrets + ":password}")
        .containsEntry("ssl.key.password", "${millrace:" + file + ":ssl.key.password}")
        .containsEntry("config.providers", "file,millrace");
    assertThat(client(security).getPassword("ssl.truststore.password").value()).isEqualTo(SECRET);
    assertThat(client(security).getPassword("ssl.key.password").value()).isEqualTo(SECRET);
  }

  @Test
  void whatKafkaDoesNotKnowCountsAsASecret() throws IOException {
    Path file = write("sasl.some.custom.token=" + SECRET);

    assertThat(KafkaSecurity.of(file.toString()).settings().toString()).doesNotContain(SECRET);
  }

  @Test
  void aSettingThatIsNotOfSecurityIsRefusedByName() throws IOException {
    Path file = write("security.protocol=SSL", "acks=0");

    assertThatThrownBy(() -> KafkaSecurity.of(file.toString()))
        .hasMessage(
            file
                + " has the key acks, expected only security.*, sasl.*, ssl.* and config.providers");
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> KafkaSecurity.of(directory.resolve("gone").toString()))
        .hasMessage(
            "cannot read the properties file "
                + directory.resolve("gone")
                + " (NoSuchFileException)");
  }

  @Test
  void anUnreadableKeyStoreIsRefusedByItsKey() throws IOException {
    Path file = write("security.protocol=SSL", "ssl.truststore.location=/nowhere/ca.p12");

    assertThatThrownBy(KafkaSecurity.of(file.toString())::verify)
        .hasMessage("ssl.truststore.location: cannot read the file /nowhere/ca.p12");
  }

  @Test
  void aWrongPasswordOfAKeyStoreIsRefusedByTheKeyOfTheStore() throws Exception {
    // Given
    Path store = directory.resolve("ca.p12");
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, null);
    try (OutputStream out = Files.newOutputStream(store)) {
      empty.store(out, "right".toCharArray());
    }
    Path file =
        write(
            "security.protocol=SSL",
            "ssl.truststore.type=PKCS12",
            "ssl.truststore.location=" + store,
            "ssl.truststore.password=" + SECRET);

    // When
    KafkaSecurity security = KafkaSecurity.of(file.toString());

    // Then
    assertThatThrownBy(security::verify)
        .hasMessageStartingWith("ssl.truststore.location: ")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void aReferenceToNothingIsRefusedByItsKey() throws IOException {
    Path secrets = Files.writeString(directory.resolve("secrets"), "other=1");
    Path file =
        write(
            "config.providers=file",
            "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider",
            "ssl.truststore.password=${file:" + secrets + ":password}");

    assertThatThrownBy(KafkaSecurity.of(file.toString())::verify)
        .hasMessageStartingWith("ssl.truststore.password: nothing stands where ${file:");
  }

  @Test
  void aValueThatKafkaRefusesIsRefusedByItsKey() throws IOException {
    Path file = write("security.protocol=TELEPATHY");

    assertThatThrownBy(KafkaSecurity.of(file.toString())::verify)
        .hasMessageContaining("security.protocol");
  }

  @Test
  void aClientsOwnSettingsGoOverTheFile() throws IOException {
    KafkaCluster cluster =
        new KafkaCluster("broker:9093", KafkaSecurity.of(write("ssl.protocol=TLS").toString()));

    assertThat(cluster.client(Map.of("acks", "all")))
        .containsEntry("bootstrap.servers", "broker:9093")
        .containsEntry("ssl.protocol", "TLS")
        .containsEntry("acks", "all");
  }

  private static AdminClientConfig client(KafkaSecurity security) {
    return new AdminClientConfig(new KafkaCluster("broker:9093", security).client(Map.of()));
  }

  private Path write(String... lines) throws IOException {
    return Files.write(directory.resolve("client.properties"), java.util.List.of(lines));
  }
}
