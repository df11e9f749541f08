package io.millrace.inference.reference;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelRepository;
import io.millrace.registry.profile.ProfileFile;
import io.millrace.statistics.profile.ReferenceProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the references of versions from their packages, each once. */
final class PackageReferences implements References {

  private static final Logger LOG = LoggerFactory.getLogger(PackageReferences.class);

  /** After which a package that could not be read is tried again. */
  private static final Duration RETRY_PAUSE = Duration.ofMinutes(1);

  private final ModelRepository repository;
  private final Executor loading;
  private final InstantSource clock;
  private final Map<String, Load> loads = new HashMap<>();

  PackageReferences(ModelRepository repository, Executor loading, InstantSource clock) {
    this.repository = repository;
    this.loading = loading;
    this.clock = clock;
  }

  private static final class Load {

    private CompletableFuture<VersionReference> reference = new CompletableFuture<>();
    private @Nullable Instant failedAt;
    private boolean logged;
  }

  @Override
  public synchronized CompletableFuture<VersionReference> of(String model, String version) {
    Load known = loads.get(model + "/" + version);
    if (known == null) {
      Load first = new Load();
      loads.put(model + "/" + version, first);
      loading.execute(() -> load(model, version, first));
      return first.reference;
    }
    Instant failedAt = known.failedAt;
    if (failedAt != null && !clock.instant().isBefore(failedAt.plus(RETRY_PAUSE))) {
      known.failedAt = null;
      loading.execute(() -> load(model, version, known));
    }
    return known.reference;
  }

  /** While it is tried again the answer stays that there is none. */
  private void load(String model, String version, Load load) {
    VersionReference read = VersionReference.NONE;
    Exception failure = null;
    try {
      read = read(new ModelVersion(model, version));
    } catch (ModelLoadException | IOException | RuntimeException e) {
      failure = e;
    }
    CompletableFuture<VersionReference> waiting;
    synchronized (this) {
      waiting = load.reference;
      if (failure != null) {
        load.failedAt = clock.instant();
      } else if (waiting.isDone()) {
        load.reference = CompletableFuture.completedFuture(read);
      }
    }
    if (failure != null && !load.logged) {
      load.logged = true;
      LOG.warn(
          "The reference of {} {} cannot be read, and is tried again each {} s: {}",
          model,
          version,
          RETRY_PAUSE.toSeconds(),
          failure.toString());
    }
    waiting.complete(read);
  }

  private VersionReference read(ModelVersion version) throws ModelLoadException, IOException {
    ModelPackage opened = repository.open(version);
    ModelManifest.Baseline baseline = opened.manifest().baseline();
    Path file = opened.file(ProfileFile.NAME);
    ReferenceProfile profile = Files.exists(file) ? ProfileFile.read(file) : null;
    Double accuracy = profile == null ? null : profile.baselineAccuracy();
    return new VersionReference(
        profile,
        accuracy != null || baseline == null ? accuracy : Double.valueOf(baseline.accuracy()));
  }

  @Override
  public void close() {
    // Whoever gave the executor ends it.
  }
}
