package io.millrace.ingress.projection;

import io.millrace.cache.ReportKind;
import io.millrace.cache.ReportStore;
import io.millrace.cache.TopicProgressStore;
import io.millrace.ingress.models.DeployedModels;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.QualityReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the reports that records hold. The store keeps the one that counts, so records may come
 * again.
 */
final class ReportEntries implements Projection {

  static final String NAME = "report";

  static final List<String> TOPICS =
      List.of(Topic.COST_REPORTS.name(), Topic.QUALITY_REPORTS.name(), Topic.DRIFT_REPORTS.name());

  private static final Logger log = LoggerFactory.getLogger(ReportEntries.class);

  /** Of a feature, a segment or a tenant. */
  private static final int MAX_NAME_LENGTH = 300;

  private final ReportStore store;
  private final ReportProjectionMetrics metrics;

  ReportEntries(ReportStore store, ReportProjectionMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Source> sources() {
    return TOPICS.stream().map(topic -> new Source(topic, false, null)).toList();
  }

  @Override
  public TopicProgressStore store() {
    return store;
  }

  @Override
  public void write(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<CompletableFuture<?>> writes = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      writes.add(write(record));
    }
    Awaiting.get(CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new)));
  }

  private CompletableFuture<?> write(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    try {
      if (record.topic().equals(Topic.DRIFT_REPORTS.name())) {
        return drift(MessageCodec.DRIFT_REPORTS.decode(value));
      }
      return record.topic().equals(Topic.QUALITY_REPORTS.name())
          ? quality(MessageCodec.QUALITY_REPORTS.decode(value))
          : cost(MessageCodec.COST_REPORTS.decode(value));
    } catch (DecodeException e) {
      log.debug("Passed over a report that cannot be read", e);
      return skip();
    }
  }

  private CompletableFuture<?> drift(DriftReport report) {
    return isNamed(report.getModel(), report.getVersion(), report.getFeature())
            && report.getSegment().length() <= MAX_NAME_LENGTH
            && isWindow(report.getWindowStart(), report.getWindowEnd())
        ? counted(store.keep(report), ReportKind.DRIFT)
        : skip();
  }

  private CompletableFuture<?> quality(QualityReport report) {
    return isNamed(report.getModel(), report.getVersion(), report.getSegment())
            && isWindow(report.getWindowStart(), report.getWindowEnd())
        ? counted(store.keep(report), ReportKind.QUALITY)
        : skip();
  }

  private CompletableFuture<?> cost(CostReport report) {
    return isNamed(report.getModel(), report.getVersion(), report.getTenant())
            && isWindow(report.getWindowStart(), report.getWindowEnd())
        ? counted(store.keep(report), ReportKind.COST)
        : skip();
  }

  private CompletableFuture<?> counted(CompletableFuture<Boolean> write, ReportKind kind) {
    return write.thenAccept(
        written -> {
          if (written) {
            metrics.wrote(kind);
          }
        });
  }

  private CompletableFuture<?> skip() {
    metrics.follower().skipped();
    return CompletableFuture.completedFuture(null);
  }

  private static boolean isNamed(String model, String version, String name) {
    return DeployedModels.isModel(model)
        && DeployedModels.isVersion(version)
        && !name.isEmpty()
        && name.length() <= MAX_NAME_LENGTH;
  }

  private static boolean isWindow(Instant start, Instant end) {
    return start.toEpochMilli() >= 0 && Duration.between(start, end).toMillis() > 0;
  }
}
