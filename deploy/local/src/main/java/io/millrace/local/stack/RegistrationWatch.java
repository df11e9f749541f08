package io.millrace.local.stack;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.registry.Aliases;
import io.millrace.registry.ModelRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers versions that come into the repository, and aliases that move, while the stack runs, so
 * that they can be deployed and rolled out without a restart.
 */
public final class RegistrationWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RegistrationWatch.class);
  private static final long PERIOD_MILLIS = 1_000;

  private final Registrations registrations;
  private final LocalModelRepository repository;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread watch = new Thread(task, "registration-watch");
            watch.setDaemon(true);
            return watch;
          });
  private Contents seen = new Contents(List.of(), Map.of());

  private RegistrationWatch(Registrations registrations, LocalModelRepository repository) {
    this.registrations = registrations;
    this.repository = repository;
  }

  /** Starts to watch. */
  public static RegistrationWatch start(
      Registrations registrations, LocalModelRepository repository) {
    RegistrationWatch watch = new RegistrationWatch(registrations, repository);
    var unused =
        watch.thread.scheduleWithFixedDelay(
            watch::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  /**
   * What a look compares: names and a small file a model, never the packages.
   *
   * @param aliases by model, then by name
   */
  private record Contents(List<ModelVersion> versions, Map<String, Map<String, String>> aliases) {

    static Contents of(LocalModelRepository repository) throws IOException {
      List<ModelVersion> versions = repository.list();
      Aliases registry = ModelRegistry.open(repository.root().toString()).aliases();
      Map<String, Map<String, String>> aliases = new HashMap<>();
      for (ModelVersion version : versions) {
        if (!aliases.containsKey(version.model())) {
          aliases.put(version.model(), registry.of(version.model()));
        }
      }
      return new Contents(versions, aliases);
    }
  }

  private void look() {
    try {
      Contents there = Contents.of(repository);
      if (!there.equals(seen)) {
        registrations.register(repository);
        seen = there;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      // Kafka is away, perhaps, or aliases are being edited: the next look tries again.
      LOG.warn("Cannot register the versions of the repository: {}", e.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
