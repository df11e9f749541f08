package io.millrace.inference.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PackageReferencesTest {

  private final Deque<Runnable> loads = new ArrayDeque<>();
  private Instant now = Instant.EPOCH;
  private int opened;
  private final PackageReferences references =
      new PackageReferences(new Away(), loads::add, () -> now);

  @Test
  void aVersionIsLoadedOnceForAllWhoAsk() {
    CompletableFuture<VersionReference> first = references.of("m", "1.0.0");
    CompletableFuture<VersionReference> second = references.of("m", "1.0.0");
    assertThat(first).isNotDone();

    loadAll();

    assertThat(opened).isEqualTo(1);
    assertThat(first).isCompletedWithValue(VersionReference.NONE);
    assertThat(second).isCompletedWithValue(VersionReference.NONE);
  }

  @Test
  void whatCannotBeReadIsNoReferenceAndIsTriedAgainAfterAPause() {
    ask("1.0.0");
    loadAll();

    now = now.plus(Duration.ofSeconds(59));
    ask("1.0.0");
    assertThat(loads).isEmpty();
    now = now.plus(Duration.ofSeconds(1));
    assertThat(references.of("m", "1.0.0"))
        .as("nobody waits for the next attempt")
        .isCompletedWithValue(VersionReference.NONE);
    ask("1.0.0");
    loadAll();

    assertThat(opened).isEqualTo(2);
  }

  @Test
  void aNameThatIsNoVersionIsNoReference() {
    ask("latest");
    loadAll();

    assertThat(references.of("m", "latest")).isCompletedWithValue(VersionReference.NONE);
    assertThat(opened).isZero();
  }

  private void ask(String version) {
    var unused = references.of("m", version);
  }

  private void loadAll() {
    while (!loads.isEmpty()) {
      loads.remove().run();
    }
  }

  private final class Away implements ModelRepository {

    @Override
    public List<ModelVersion> list() {
      return List.of();
    }

    @Override
    public ModelPackage open(ModelVersion version) throws ModelLoadException {
      opened++;
      throw new ModelLoadException("The disk is away");
    }
  }
}
