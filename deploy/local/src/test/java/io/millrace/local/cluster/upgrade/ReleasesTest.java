package io.millrace.local.cluster.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleasesTest {

  private static final Release OLD =
      new Release(Path.of("old.jar"), List.of("--set", "a=1", "--set", "parallelism=3"), 3);

  @Test
  void settingsGoOverThoseOfTheReleaseBefore() {
    assertThat(Releases.next(OLD, null, Map.of("a", "2")).arguments())
        .containsExactly("--set", "a=2", "--set", "parallelism=3");
    assertThat(Releases.next(OLD, null, Map.of("b", "2")).arguments())
        .containsExactly("--set", "a=1", "--set", "parallelism=3", "--set", "b=2");
  }

  @Test
  void anotherParallelismIsTheSubmissionsToo() {
    assertThat(Releases.next(OLD, null, Map.of("parallelism", "2")))
        .isEqualTo(
            new Release(Path.of("old.jar"), List.of("--set", "a=1", "--set", "parallelism=2"), 2));
  }

  @Test
  void withoutAJarItIsTheSame() {
    assertThat(Releases.next(OLD, null, Map.of())).isEqualTo(OLD);
    assertThat(Releases.next(OLD, Path.of("new.jar"), Map.of()).jar())
        .isEqualTo(Path.of("new.jar"));
  }
}
