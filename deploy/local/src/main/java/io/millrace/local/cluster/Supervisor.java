package io.millrace.local.cluster;

import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.RegistrationWatch;
import io.millrace.local.stack.Registrations;
import io.millrace.models.packages.LocalModelRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts every part of a cluster as a process of its own, and each that ends again. It stands in
 * for Kubernetes on one machine.
 */
final class Supervisor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private final PartBoard board;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final List<Thread> keepers = new ArrayList<>();

  private Supervisor(PartBoard board) {
    this.board = board;
  }

  /** Starts all parts; returns before they are up. */
  static Supervisor start(
      Path directory, List<PartPlan> parts, PartLauncher launcher, LongSupplier nanoTicker) {
    PartBoard board = new PartBoard(directory, ProcessIdentity.of(ProcessHandle.current()), parts);
    Supervisor supervisor = new Supervisor(board);
    for (PartPlan part : parts) {
      Thread keeper =
          new Thread(
              new PartKeeper(part, launcher, board, supervisor.stopping, nanoTicker),
              "keeper-" + part.name());
      supervisor.keepers.add(keeper);
      keeper.start();
    }
    return supervisor;
  }

  /** Takes the data directory, where the plan is. */
  public static void main(String[] arguments) {
    ProcessEnd.onFailure(() -> run(Path.of(arguments[0])));
  }

  private static void run(Path directory) {
    DataDirectory data = DataDirectory.claim(directory);
    ClusterPlan plan = ClusterPlan.read(directory);
    Supervisor supervisor =
        start(
            directory,
            plan.parts(),
            new ProcessLauncher(new ClusterLayout(directory)),
            System::nanoTime);
    RegistrationWatch watch =
        RegistrationWatch.start(
            new Registrations(plan.kafka(), Clock.systemUTC()),
            new LocalModelRepository(plan.repository()));
    ClusterAutoscaler autoscaler = plan.autoscale() ? ClusterAutoscaler.start(plan) : null;
    ProcessEnd.onSignal(
        "supervisor",
        () -> {
          watch.close();
          if (autoscaler != null) {
            autoscaler.close();
          }
          supervisor.close();
          data.close();
        });
  }

  /** Stops all parts. */
  @Override
  public void close() throws InterruptedException {
    board.stopping();
    stopping.countDown();
    new PartStop(LOG::info).stop(board.parts());
    for (Thread keeper : keepers) {
      keeper.join();
    }
  }
}
