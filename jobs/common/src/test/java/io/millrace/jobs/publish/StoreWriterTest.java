package io.millrace.jobs.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

class StoreWriterTest {

  private static final int MAX_IN_FLIGHT = 2;

  private final HeldStore store = new HeldStore();
  private final Counter failures = new SimpleCounter();
  private final StoreWriter<Integer> writer =
      new StoreWriter<>("store", store, MAX_IN_FLIGHT, failures);

  @Test
  void writesGoOnSideBySideUpToTheLimit() throws Exception {
    write(1);
    write(2);
    CompletableFuture<Void> third = CompletableFuture.runAsync(() -> writeUnchecked(3));
    assertThat(third).isNotDone();

    store.writes.get(0).complete(null);

    third.get(10, TimeUnit.SECONDS);
    assertThat(store.writes).hasSize(3);
  }

  @Test
  void aFlushWaitsForAllWrites() throws Exception {
    write(1);
    CompletableFuture<Void> flush =
        CompletableFuture.runAsync(
            () -> {
              try {
                writer.flush(false);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(flush).isNotDone();

    store.writes.get(0).complete(null);

    flush.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aWriteThatFailsIsCountedAndHoldsUpNobody() throws Exception {
    for (int i = 0; i < 5; i++) {
      write(i);
      store.writes.get(i).completeExceptionally(new IllegalStateException("Redis is away"));
    }
    writer.flush(false);

    assertThat(failures.getCount()).isEqualTo(5);
  }

  private void write(int job) throws InterruptedException {
    writer.write(job, new NoContext());
  }

  private void writeUnchecked(int job) {
    try {
      write(job);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class NoContext implements SinkWriter.Context {
    @Override
    public long currentWatermark() {
      return 0;
    }

    @Override
    public Long timestamp() {
      return 0L;
    }
  }

  /** A store whose writes end when the test says so. */
  private static final class HeldStore implements StoreSink.Store<Integer> {

    final List<CompletableFuture<Void>> writes = new ArrayList<>();

    @Override
    public CompletableFuture<Void> write(Integer value) {
      CompletableFuture<Void> write = new CompletableFuture<>();
      writes.add(write);
      return write;
    }

    @Override
    public void close() {}
  }
}
