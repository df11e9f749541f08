package io.millrace.models.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class BackgroundThreadsTest {

  private final BackgroundThreads background = new BackgroundThreads("test");

  @Test
  void onLinuxTheWorkLeavesTheProcessorToOthersAndItsCallerDoesNot() throws Exception {
    // Given
    assumeTrue(Platform.isLinux());
    int before = nice();

    // When
    int during = background.call(BackgroundThreadsTest::nice);

    // Then
    assertThat(during).isEqualTo(BackgroundThreads.NICE);
    assertThat(nice()).isEqualTo(before);
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    // Given
    IOException failure = new IOException("no such file");

    // When / Then
    assertThatThrownBy(
            () ->
                background.call(
                    () -> {
                      throw failure;
                    }))
        .isInstanceOf(ExecutionException.class)
        .hasCause(failure);
  }

  /** Of the calling thread: the 19th field of its stat, the 17th after its name in brackets. */
  private static int nice() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    StringTokenizer fields = new StringTokenizer(stat.substring(stat.lastIndexOf(')') + 2));
    for (int i = 0; i < 16; i++) {
      fields.nextToken();
    }
    return Integer.parseInt(fields.nextToken());
  }
}
