package io.millrace.registry;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A registry whose versions are downloaded once and opened from the local disk. */
final class CachedRepository implements ModelRepository {

  private static final Logger LOG = LoggerFactory.getLogger(CachedRepository.class);

  private final ModelRegistry registry;
  private final Path cache;
  private final LocalModelRepository local;
  private final ConcurrentMap<ModelVersion, Object> locks = new ConcurrentHashMap<>();

  CachedRepository(ModelRegistry registry, Path cache) {
    this.registry = registry;
    this.cache = cache;
    local = new LocalModelRepository(cache);
  }

  @Override
  public List<ModelVersion> list() {
    try {
      return registry.list();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the model registry: " + e.getMessage(), e);
    }
  }

  @Override
  public ModelPackage open(ModelVersion version) throws ModelLoadException {
    synchronized (locks.computeIfAbsent(version, absent -> new Object())) {
      if (!local.list().contains(version)) {
        download(version);
      }
      return local.open(version);
    }
  }

  private void download(ModelVersion version) throws ModelLoadException {
    try {
      ModelPackage pulled = registry.pull(version, cache, TransferProgress.NONE);
      LOG.info("Downloaded {} to {}", version, pulled.directory());
    } catch (RegistryException e) {
      // Another process was first: its copy is as good.
      LOG.debug("Not downloaded twice: {}", e.getMessage());
    } catch (IOException e) {
      throw new ModelLoadException("Model " + version + ": " + e.getMessage(), e);
    }
  }
}
