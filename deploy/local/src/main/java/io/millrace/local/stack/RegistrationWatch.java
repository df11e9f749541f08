package io.millrace.local.stack;

import io.millrace.models.packages.LocalModelRepository;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers versions that come into the repository while the stack runs, so that they can be
 * deployed and rolled out without a restart.
 */
final class RegistrationWatch implements AutoCloseable {

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
  private List<?> seen = List.of();

  private RegistrationWatch(Registrations registrations, LocalModelRepository repository) {
    this.registrations = registrations;
    this.repository = repository;
  }

  /** Starts to watch. */
  static RegistrationWatch start(Registrations registrations, LocalModelRepository repository) {
    RegistrationWatch watch = new RegistrationWatch(registrations, repository);
    var unused =
        watch.thread.scheduleWithFixedDelay(
            watch::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    try {
      List<?> there = repository.list();
      if (!there.equals(seen)) {
        registrations.register(repository);
        seen = there;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Kafka is away, perhaps: the next look tries again.
      LOG.warn("Cannot register the versions of the repository: {}", e.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
