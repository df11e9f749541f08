package io.millrace.inference.deduplicate;

import io.millrace.jobs.progress.ProgressReport;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first command of a job pass and drops the others: its first copy is or will be answered.
 *
 * <p>Keyed by fingerprint. The state remembers job ids by content for a TTL in processing time; an
 * entry dies by RocksDB's compaction filter after that. A copy that comes later is a new job.
 * Cancellations travel the same way, so that none overtakes its job; see {@link Deduplication}.
 */
public final class DeduplicateFunction
    extends KeyedProcessFunction<String, InferenceCommand, UniqueCommand> {

  private static final long serialVersionUID = 1L;

  /** Entries that compaction handles between two looks at the clock. */
  private static final long CLOCK_EVERY_ENTRIES = 1000;

  private final long ttlMillis;
  private final ProgressReporting reporting;
  private transient ProgressReport progress;
  private transient MapState<String, Boolean> seen;
  private transient Counter dropped;
  private transient Deduplication.SeenJobs jobs;

  /**
   * @param ttl how long a job id is remembered
   */
  public DeduplicateFunction(Duration ttl, ProgressReporting reporting) {
    ttlMillis = ttl.toMillis();
    this.reporting = reporting;
  }

  @Override
  public void open(OpenContext context) {
    MapStateDescriptor<String, Boolean> descriptor =
        new MapStateDescriptor<>("seen-job-ids", Types.STRING, Types.BOOLEAN);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(Duration.ofMillis(ttlMillis))
            .setUpdateType(StateTtlConfig.UpdateType.OnCreateAndWrite)
            .setStateVisibility(StateTtlConfig.StateVisibility.NeverReturnExpired)
            // Files that nothing else compacts are read again after the TTL, not Flink's 30 days.
            .cleanupInRocksdbCompactFilter(CLOCK_EVERY_ENTRIES, Duration.ofMillis(ttlMillis))
            .build());
    seen = getRuntimeContext().getMapState(descriptor);
    jobs = new SeenInState();
    dropped = getRuntimeContext().getMetricGroup().counter("millrace_duplicates_dropped_total");
    progress = reporting.open();
  }

  @Override
  public void processElement(
      InferenceCommand command, Context context, Collector<UniqueCommand> out) throws Exception {
    switch (Deduplication.decide(command, jobs)) {
      case PASS -> out.collect(UniqueCommand.of(command));
      case DROP -> {
        progress.left();
        if (command.getCommand() instanceof Submit) {
          dropped.inc();
        }
      }
      case CANCELLED -> out.collect(new UniqueCommand(command, true));
    }
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
  }

  private final class SeenInState implements Deduplication.SeenJobs {

    @Override
    public @Nullable Boolean get(String jobId) throws Exception {
      return seen.get(jobId);
    }

    @Override
    public void put(String jobId, boolean submitted) throws Exception {
      seen.put(jobId, submitted);
    }
  }
}
