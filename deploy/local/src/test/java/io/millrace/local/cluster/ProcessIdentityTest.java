package io.millrace.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

  private final ProcessIdentity own = ProcessIdentity.of(ProcessHandle.current());

  @Test
  void aProcessIsFoundByItsIdAndStart() {
    assertThat(own.find()).contains(ProcessHandle.current());
  }

  @Test
  void aLaterProcessWithTheSameIdIsAnother() {
    ProcessIdentity earlier = new ProcessIdentity(own.pid(), own.startedAt() - 60_000);

    assertThat(earlier.find()).isEmpty();
    assertThat(earlier.isAlive()).isFalse();
  }

  @Test
  void processesDifferALittleInTheirIdeaOfAStart() {
    assertThat(new ProcessIdentity(own.pid(), own.startedAt() + 1_000).isAlive()).isTrue();
  }

  @Test
  void oneWhoseStartIsNotKnownIsNotTrusted() {
    assertThat(new ProcessIdentity(own.pid(), 0).isAlive()).isFalse();
    assertThat(ProcessIdentity.NONE.isAlive()).isFalse();
  }

  @Test
  void oneThatHasEndedIsNotFound() throws IOException, InterruptedException {
    // Given
    Process process = Sleeper.start();
    ProcessIdentity identity = ProcessIdentity.of(process.toHandle());
    boolean before = identity.isAlive();

    // When
    int unused = process.destroyForcibly().waitFor();

    // Then
    assertThat(before).isTrue();
    assertThat(identity.isAlive()).isFalse();
  }
}
