package io.millrace.ingress.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written into the keys file, and what is refused in it. */
final class KeysFileTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final String HASH =
      "hmac-sha256$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  @TempDir private Path directory;

  private KeysFile file() {
    return new KeysFile(directory.resolve("keys.yaml"));
  }

  private AccessKeys read(String yaml) throws Exception {
    Files.writeString(file().path(), yaml);
    return file().read();
  }

  @Test
  void fileIsReadAsItWasWritten() throws Exception {
    // Given
    ApiKey.Created forever = ApiKey.create("acme", EnumSet.of(Scope.READ, Scope.SUBMIT), NOW, null);
    ApiKey.Created forAWhile =
        ApiKey.create("1", EnumSet.of(Scope.OPERATE), NOW, NOW.plusSeconds(1));
    AccessKeys keys =
        new AccessKeys(List.of(), Map.of("acme", new Quota(0.5, 10)))
            .with(forever.key())
            .with(forAWhile.key());

    // When
    file().write(keys);

    // Then
    assertThat(file().read()).usingRecursiveComparison().isEqualTo(keys);
    assertThat(Files.readString(file().path()))
        .contains("scopes:\n  - submit\n  - read\n")
        .contains("requests_per_second: 0.5")
        .doesNotContain(KeyText.parse(forever.text()).orElseThrow().secret());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file().path());
    }
  }

  @Test
  void keysAreAddedAndTakenAway() {
    // Given
    ApiKey first = ApiKey.create("acme", EnumSet.of(Scope.READ), NOW, null).key();
    ApiKey second = ApiKey.create("acme", EnumSet.of(Scope.READ), NOW, null).key();

    // When
    AccessKeys keys = AccessKeys.NONE.with(first).with(second).without(first.id());

    // Then
    assertThat(keys.keys()).containsExactly(second);
    assertThat(keys.find(first.id())).isEmpty();
    assertThat(keys.find(second.id())).contains(second);
  }

  @Test
  void quotaWithoutABurstHasThatOfOneSecond() throws Exception {
    // When
    AccessKeys keys = read("tenants: {a: {requests_per_second: 2.5}, b: {requests_per_second: 9}}");

    // Then
    assertThat(keys.quotas())
        .containsExactly(Map.entry("a", new Quota(2.5, 3)), Map.entry("b", new Quota(9, 9)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "'# nothing'|''",
        "'keys: []'|''",
        "'keys: {a: b}'|keys: not of the expected form",
        "'locks: []'|locks: unknown key, expected one of [keys, tenants]",
        "'keys: [{id: 0123456789ab, secret: x}]'|keys[0].secret: unknown key",
        "'keys: [{id: 0123456789ab}]'|keys[0].hash: expected a value, found none",
        "'keys: [{id: short, hash: x}]'|keys[0].id: expected 12 lower-case letters and digits",
        "'keys: [{id: 0123456789ab, hash: s3cret}]'|keys[0].hash: expected hmac-sha256$<salt>$",
        "'keys: [{id: 0123456789ab, hash: HASH}]'|keys[0].tenant: expected a value",
        "'keys: [{id: 0123456789ab, hash: HASH, tenant: A B, scopes: [read]}]'|keys[0].tenant: exp",
        "'keys: [{id: 0123456789ab, hash: HASH, tenant: a, scopes: [fly]}]'|keys[0].scopes: expected some of submit, read, operate",
        "'keys: [{id: 0123456789ab, hash: HASH, tenant: a, scopes: []}]'|keys[0].scopes: expected",
        "'keys: [{id: 0123456789ab, hash: HASH, tenant: a, scopes: [read], expires: soon}]'|keys[0].expires: expected a time like",
        "'keys: [{id: 0123456789ab, hash: HASH, tenant: a, scopes: [read]}, {id: 0123456789ab, hash: HASH, tenant: a, scopes: [read]}]'|keys[1].id: another key has the id",
        "'keys: [null]'|keys[0].: expected a value",
        "'tenants: {a: {burst: 1}}'|tenants.a.requests_per_second: expected a value",
        "'tenants: {a: {requests_per_second: 0}}'|tenants.a.requests_per_second: expected a number",
        "'tenants: {a: {requests_per_second: 1, burst: 0}}'|tenants.a.burst: expected a number",
        "'tenants: {a: {requests_per_second: many}}'|requests_per_second: not of the expected form",
        "'tenants: {a: {}, a: {}}'|a",
        "'a: ['|no valid YAML"
      })
  void whatIsWrongIsSaid(String yaml, String message) throws Exception {
    String text = yaml.replace("HASH", HASH);
    if (message.isEmpty()) {
      assertThat(read(text).keys()).isEmpty();
    } else {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("keys file " + file().path() + ": ")
          .hasMessageContaining(message)
          .hasMessageNotContaining("s3cret");
    }
  }
}
