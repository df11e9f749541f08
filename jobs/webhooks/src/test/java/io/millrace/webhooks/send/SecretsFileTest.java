package io.millrace.webhooks.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsFileTest {

  private static final String A = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final String B = "whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";
  private static final Instant TIME = Instant.ofEpochSecond(1);

  @TempDir private Path directory;
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aTenantSignsWithItsOwnSecretsAndOthersWithTheDefault() throws IOException {
    SecretsFile secrets = open("default: [%s]\ntenants: {acme: [%s, %s]}".formatted(A, B, A));

    assertThat(signatures(secrets, "acme")).hasSize(2);
    assertThat(signatures(secrets, "other")).hasSize(1);
    assertThat(signatures(secrets, "acme")[1]).isEqualTo(signatures(secrets, "other")[0]);
  }

  @Test
  void withoutADefaultATenantThatIsNotNamedHasNoSecret() throws IOException {
    SecretsFile secrets = open("tenants: {acme: [%s]}".formatted(A));

    assertThat(secrets.signer("acme")).isPresent();
    assertThat(secrets.signer("other")).isEmpty();
  }

  @Test
  void aChangedFileCountsAfterTheInterval() throws IOException {
    SecretsFile secrets = open("tenants: {acme: [%s]}".formatted(A));
    write("tenants: {acme: [%s, %s]}".formatted(B, A));

    assertThat(signatures(secrets, "acme")).hasSize(1);
    passInterval();
    assertThat(signatures(secrets, "acme")).hasSize(2);
  }

  @Test
  void aFileThatIsBrokenOrGoneLeavesTheFormerSecrets() throws IOException {
    SecretsFile secrets = open("tenants: {acme: [%s]}".formatted(A));
    write("tenants: {acme: [oops]}");
    passInterval();
    assertThat(secrets.signer("acme")).isPresent();

    Files.delete(directory.resolve("secrets.yaml"));
    passInterval();
    assertThat(secrets.signer("acme")).isPresent();

    write("tenants: {new: [%s]}".formatted(A));
    passInterval();
    assertThat(secrets.signer("acme")).isEmpty();
    assertThat(secrets.signer("new")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tenants: {acme: [whsec_hunter2]} | tenants.acme: expected secrets of the form",
        "tenants: {acme: []}              | tenants.acme: expected at least one secret",
        "tenants: {acme: whsec_hunter2}   | expected YAML with the keys",
        "secrets: [whsec_hunter2]         | expected YAML with the keys",
        "'[whsec_hunter2'                 | expected YAML with the keys",
        "''                               | expected YAML with the keys",
        "~                                | found nothing",
      })
  void abadFileIsRefusedWithoutItsSecrets(String yaml, String message) {
    assertThatThrownBy(() -> open(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secrets.yaml")
        .hasMessageContaining(message)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> SecretsFile.open(directory.resolve("none"), Duration.ZERO, nanos::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no such file");
  }

  private SecretsFile open(String yaml) throws IOException {
    return SecretsFile.open(write(yaml), Duration.ofSeconds(5), nanos::get);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("secrets.yaml"), yaml);
  }

  private void passInterval() {
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
  }

  private static String[] signatures(SecretsFile secrets, String tenant) {
    return secrets.signer(tenant).orElseThrow().sign("msg_1", TIME, "{}").split(" ");
  }
}
