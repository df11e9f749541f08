package io.millrace.local.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a part, and starts it again whenever it ends. */
final class PartKeeper implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(PartKeeper.class);

  private final PartPlan plan;
  private final PartLauncher launcher;
  private final PartBoard board;
  private final CountDownLatch stopping;
  private final LongSupplier nanoTicker;
  private final RestartBackoff backoff = new RestartBackoff();

  /**
   * A keeper.
   *
   * @param stopping open once no part is to be started again
   */
  PartKeeper(
      PartPlan plan,
      PartLauncher launcher,
      PartBoard board,
      CountDownLatch stopping,
      LongSupplier nanoTicker) {
    this.plan = plan;
    this.launcher = launcher;
    this.board = board;
    this.stopping = stopping;
    this.nanoTicker = nanoTicker;
  }

  @Override
  public void run() {
    try {
      Duration pause = Duration.ZERO;
      while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        long from = nanoTicker.getAsLong();
        String how = runOnce();
        Duration ran = Duration.ofNanos(nanoTicker.getAsLong() - from);
        board.ended(plan.name(), how);
        pause = backoff.after(ran);
        LOG.info("{} ended after {} s: {}", plan.name(), ran.toSeconds(), how);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String runOnce() throws InterruptedException {
    try {
      PartProcess process = launcher.launch(plan);
      board.running(plan.name(), process.identity());
      LOG.info("{} is process {}", plan.name(), process.identity().pid());
      if (stopping.getCount() == 0) {
        // Whoever stops the others may not have seen this one.
        process.identity().find().ifPresent(ProcessHandle::destroy);
      }
      return process.awaitEnd();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
