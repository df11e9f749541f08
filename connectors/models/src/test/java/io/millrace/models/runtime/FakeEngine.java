package io.millrace.models.runtime;

import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.ModelPackage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Loads what a test put there. */
final class FakeEngine implements ModelEngine {

  private final Map<ModelVersion, Loading> loadings = new ConcurrentHashMap<>();
  private final AtomicInteger loads = new AtomicInteger();

  /** One load of a version. */
  interface Loading {
    Model<?> load() throws ModelLoadException;
  }

  FakeEngine with(ModelVersion version, Loading loading) {
    loadings.put(version, loading);
    return this;
  }

  int loads() {
    return loads.get();
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Model<?> load(ModelPackage modelPackage) throws ModelLoadException {
    loads.incrementAndGet();
    Loading loading = loadings.get(modelPackage.manifest().id());
    if (loading == null) {
      throw new ModelLoadException("no such model");
    }
    return loading.load();
  }
}
