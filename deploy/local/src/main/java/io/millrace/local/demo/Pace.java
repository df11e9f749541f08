package io.millrace.local.demo;

import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When the next request is sent. */
interface Pace {

  /** Waits until the next request may be sent. */
  void awaitTurn() throws InterruptedException;

  /** A request has ended. */
  void ended();

  /** Closed loop: a number of requests are on their way all the time. */
  static Pace concurrency(int requests) {
    Semaphore free = new Semaphore(requests);
    return new Pace() {
      @Override
      public void awaitTurn() throws InterruptedException {
        free.acquire();
      }

      @Override
      public void ended() {
        free.release();
      }
    };
  }

  /**
   * Open loop: a Poisson process, whatever the answers do. Late wake-ups are made up for, since
   * each arrival is drawn from the one before and not from the time it was sent.
   */
  static Pace rate(double perSecond, Random random, LongSupplier nanoTicker) {
    return new Pace() {
      private double nextNanos = nanoTicker.getAsLong();

      @Override
      public void awaitTurn() throws InterruptedException {
        nextNanos += -Math.log1p(-random.nextDouble()) / perSecond * 1e9;
        TimeUnit.NANOSECONDS.sleep((long) nextNanos - nanoTicker.getAsLong());
      }

      @Override
      public void ended() {
        // Arrivals do not wait for anything.
      }
    };
  }
}
