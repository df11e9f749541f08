package io.millrace.inference.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Shows what a job in this process has committed, as a reader of committed records sees Kafka: what
 * was written after the last checkpoint is lost with a failure.
 */
final class CommittedSink<T> implements Sink<T>, SupportsCommitter<String> {

  private static final long serialVersionUID = 1L;
  private static final Map<String, Transactions> ALL = new ConcurrentHashMap<>();

  private final String name = UUID.randomUUID().toString();

  /**
   * What the writers and committers of one sink share, and outlives them.
   *
   * @param failures checkpoints that are still to fail
   * @param restarts attempts to run the job after the first
   */
  private record Transactions(
      ConcurrentMap<String, List<Object>> prepared,
      ConcurrentMap<String, List<Object>> committed,
      AtomicInteger failures,
      AtomicInteger restarts) {}

  CommittedSink() {
    ALL.put(
        name,
        new Transactions(
            new ConcurrentHashMap<>(),
            new ConcurrentHashMap<>(),
            new AtomicInteger(),
            new AtomicInteger()));
  }

  @SuppressWarnings("unchecked") // Only writers of this sink add to its lists.
  List<T> committed() {
    return transactions().committed.values().stream()
        .flatMap(List::stream)
        .map(element -> (T) element)
        .toList();
  }

  /** Makes the next checkpoint fail, and the job with it. */
  void failNextCheckpoint() {
    transactions().failures.set(1);
  }

  /** How often the job has started again; nothing of the attempt before runs then. */
  int restarts() {
    return transactions().restarts.get();
  }

  private Transactions transactions() {
    return ALL.computeIfAbsent(
        name,
        missing -> {
          throw new IllegalStateException("The sink is of another process");
        });
  }

  @Override
  public CommittingSinkWriter<T, String> createWriter(WriterInitContext context) {
    Transactions transactions = transactions();
    int attempt = context.getTaskInfo().getAttemptNumber();
    transactions.restarts.updateAndGet(restarts -> Math.max(restarts, attempt));
    return new CommittingSinkWriter<>() {
      private List<Object> written = new ArrayList<>();

      @Override
      public void write(T element, Context ignored) {
        written.add(element);
      }

      @Override
      public void flush(boolean endOfInput) throws IOException {
        if (transactions.failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          throw new IOException("This checkpoint was told to fail");
        }
      }

      @Override
      public Collection<String> prepareCommit() {
        if (written.isEmpty()) {
          return List.of();
        }
        String transaction = UUID.randomUUID().toString();
        transactions.prepared.put(transaction, written);
        written = new ArrayList<>();
        return List.of(transaction);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Committer<String> createCommitter(CommitterInitContext context) {
    Transactions transactions = transactions();
    return new Committer<>() {
      @Override
      public void commit(Collection<CommitRequest<String>> requests) {
        for (CommitRequest<String> request : requests) {
          String transaction = request.getCommittable();
          // Again after a restore changes nothing.
          transactions.committed.put(
              transaction, transactions.prepared.getOrDefault(transaction, List.of()));
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public SimpleVersionedSerializer<String> getCommittableSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(String transaction) {
        return transaction.getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public String deserialize(int version, byte[] serialized) {
        return new String(serialized, StandardCharsets.UTF_8);
      }
    };
  }
}
