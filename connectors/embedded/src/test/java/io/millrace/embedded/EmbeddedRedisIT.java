package io.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {

  @Test
  void keepsDataOverRestartsOnOtherPortsAndTheSame(@TempDir Path parent) throws Exception {
    // Given
    Path directory = parent.resolve("not there yet/\"quoted\" and spaced");
    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0)) {
      assertThat(RedisProbe.ask(redis.uri(), "SET key value")).isEqualTo("+OK");
    }
    int port = Ports.findFree();

    for (int restart = 1; restart <= 2; restart++) {
      // When
      try (EmbeddedRedis redis = EmbeddedRedis.start(directory, port)) {

        // Then
        assertThat(redis.uri()).isEqualTo("redis://127.0.0.1:" + port);
        assertThat(RedisProbe.ask(redis.uri(), "GET key")).isEqualTo("value");
      }
    }
  }

  @Test
  void startsInADirectoryBehindASymbolicLink(@TempDir Path directory) throws Exception {
    // Given
    Path link =
        Files.createSymbolicLink(
            directory.resolve("link"), Files.createDirectory(directory.resolve("data")));

    // When
    try (EmbeddedRedis redis = EmbeddedRedis.start(link, 0)) {

      // Then
      assertThat(RedisProbe.ask(redis.uri(), "PING")).isEqualTo("+PONG");
      assertThat(directory.resolve("data/redis.pid")).exists();
    }
  }

  @Test
  void stopsTheProcess(@TempDir Path directory) throws Exception {
    // Given
    EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
    ProcessHandle process = ProcessHandle.of(pid(directory)).orElseThrow();

    // When
    redis.close();
    redis.close();

    // Then
    assertThat(process.isAlive()).isFalse();
    assertThatThrownBy(() -> RedisProbe.ask(redis.uri(), "PING")).isInstanceOf(IOException.class);
  }

  @Test
  void endsTheOrphanOfAKilledParentAndKeepsItsData(@TempDir Path directory) throws Exception {
    // Given
    String orphanUri = ChildJvm.run(AbandonedRedis.class, directory.toString());
    ProcessHandle orphan = ProcessHandle.of(pid(directory)).orElseThrow();
    assertThat(RedisProbe.ask(orphanUri, "SET key value")).isEqualTo("+OK");

    // When
    int samePort = URI.create(orphanUri).getPort();
    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, samePort)) {

      // Then
      assertThat(pid(directory)).isNotEqualTo(orphan.pid());
      assertThat(orphan.info().command()).isEmpty();
      assertThat(RedisProbe.ask(redis.uri(), "GET key")).isEqualTo("value");
    }
  }

  @Test
  void leavesAStrangerWithTheOrphansProcessIdAlone(@TempDir Path directory) throws Exception {
    // Given: another directory's Redis, whose id stands in this directory's pid file
    try (EmbeddedRedis stranger = EmbeddedRedis.start(directory.resolve("stranger"), 0)) {
      Path mine = Files.createDirectories(directory.resolve("mine"));
      Files.copy(directory.resolve("stranger/redis.pid"), mine.resolve("redis.pid"));

      // When
      EmbeddedRedis.start(mine, 0).close();

      // Then
      assertThat(RedisProbe.ask(stranger.uri(), "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void startsOverAPidFileThatHoldsNoProcessId(@TempDir Path directory) throws Exception {
    // Given
    Files.writeString(directory.resolve("redis.pid"), "nonsense");

    // When
    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0)) {

      // Then
      assertThat(RedisProbe.ask(redis.uri(), "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void refusesADirectoryInUseAndHarmsNobody(@TempDir Path directory) throws Exception {
    // Given
    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0)) {

      // When // Then
      assertThatThrownBy(() -> EmbeddedRedis.start(directory, 0))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContainingAll(directory.getFileName().toString(), "in use");
      assertThat(RedisProbe.ask(redis.uri(), "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void namesThePortThatIsTakenAndLetsGoOfTheDirectory(@TempDir Path directory) throws Exception {
    // Given
    try (ServerSocket other = new ServerSocket(0, 1, Ports.address(0).getAddress())) {
      int port = other.getLocalPort();

      for (int attempt = 1; attempt <= 2; attempt++) {
        // When // Then
        assertThatThrownBy(() -> EmbeddedRedis.start(directory, port))
            .isInstanceOf(EmbeddedServerException.class)
            .hasMessageContainingAll("redis-server", Integer.toString(port), "already in use");
      }
    }
  }

  @Test
  void showsTheEndOfTheLogWhenRedisDoesNotStart(@TempDir Path directory) throws Exception {
    // Given
    Files.writeString(directory.resolve("appendonly.aof"), "not an append-only file");

    // When // Then
    assertThatThrownBy(() -> EmbeddedRedis.start(directory, 0))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContainingAll("exit code", "append only file");
  }

  @Test
  void listensOnTheLoopbackInterfaceOnly(@TempDir Path directory) throws Exception {
    // Given
    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0)) {

      // When: the same machine by another address
      String other = redis.uri().replace("127.0.0.1", "127.0.0.2");

      // Then
      assertThatThrownBy(() -> RedisProbe.ask(other, "PING")).isInstanceOf(IOException.class);
      assertThat(RedisProbe.ask(redis.uri(), "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void staysOutOfTheTerminalsProcessGroup(@TempDir Path directory) throws Exception {
    // Given
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "needs Linux' /proc");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "needs setsid of util-linux");
    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0)) {

      // When
      String stat = Files.readString(Path.of("/proc", Long.toString(pid(directory)), "stat"));

      // Then: after the name in brackets come state, parent, process group
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      assertThat(fields[2]).isEqualTo(Long.toString(pid(directory)));
      assertThat(redis.uri()).isNotEmpty();
    }
  }

  private static long pid(Path directory) throws IOException {
    return Long.parseLong(Files.readString(directory.resolve("redis.pid")).strip());
  }
}
