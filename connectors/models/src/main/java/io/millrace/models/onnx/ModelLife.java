package io.millrace.models.onnx;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * From loading to closing. Calls share it; closing waits for them, because freeing what they use
 * would end the process.
 */
final class ModelLife {

  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * Makes a call unless the model is closed, which it is not before the call has ended.
   *
   * @throws IllegalStateException when the model is closed
   */
  <T> T call(Supplier<T> call) {
    Lock alive = lock.readLock();
    alive.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      return call.get();
    } finally {
      alive.unlock();
    }
  }

  /** Frees once, after the calls under way. */
  void close(Runnable free) {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        free.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
