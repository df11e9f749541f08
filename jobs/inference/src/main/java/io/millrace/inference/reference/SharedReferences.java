package io.millrace.inference.reference;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.registry.Repositories;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** References from the model repository, which all operators of a task manager share. */
public final class SharedReferences implements References.Factory {

  private static final long serialVersionUID = 1L;

  /** By repository: what is open in this process. */
  private static final Map<String, Opened> OPENED = new HashMap<>();

  private final String repository;
  private final String cacheDirectory;

  public SharedReferences(InferenceConfig.Models models) {
    repository = models.repository();
    cacheDirectory = models.cacheDirectory();
  }

  private static final class Opened {

    private final PackageReferences references;
    private final ExecutorService loading;
    private int leases;

    Opened(String repository, String cacheDirectory) {
      loading =
          Executors.newSingleThreadExecutor(
              task -> {
                Thread thread = new Thread(task, "millrace-references");
                thread.setDaemon(true);
                return thread;
              });
      references =
          new PackageReferences(
              Repositories.open(repository, Path.of(cacheDirectory)), loading, Clock.systemUTC());
    }
  }

  @Override
  public References open() {
    synchronized (OPENED) {
      Opened opened =
          OPENED.computeIfAbsent(repository, absent -> new Opened(repository, cacheDirectory));
      opened.leases++;
      return new Lease(repository, opened);
    }
  }

  private static final class Lease implements References {

    private final String repository;
    private final Opened opened;
    private boolean closed;

    Lease(String repository, Opened opened) {
      this.repository = repository;
      this.opened = opened;
    }

    @Override
    public CompletableFuture<VersionReference> of(String model, String version) {
      return opened.references.of(model, version);
    }

    @Override
    public void close() {
      synchronized (OPENED) {
        if (!closed) {
          closed = true;
          opened.leases--;
          if (opened.leases == 0) {
            OPENED.remove(repository);
            opened.loading.shutdownNow();
          }
        }
      }
    }
  }
}
