package io.millrace.inference.deduplicate;

import io.millrace.schemas.avro.InferenceCommand;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets the first command of a job pass and drops the others: its first copy is or will be answered.
 *
 * <p>Keyed by fingerprint. The state remembers job ids by content for a TTL in processing time; an
 * entry dies by RocksDB's compaction filter after that. A copy that comes later is a new job.
 */
public final class DeduplicateFunction
    extends KeyedProcessFunction<String, InferenceCommand, InferenceCommand> {

  private static final long serialVersionUID = 1L;

  /** Entries that compaction handles between two looks at the clock. */
  private static final long CLOCK_EVERY_ENTRIES = 1000;

  private final long ttlMillis;
  private transient MapState<String, Boolean> seen;
  private transient Counter dropped;

  /**
   * @param ttl how long a job id is remembered
   */
  public DeduplicateFunction(Duration ttl) {
    ttlMillis = ttl.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    MapStateDescriptor<String, Boolean> descriptor =
        new MapStateDescriptor<>("seen-job-ids", Types.STRING, Types.BOOLEAN);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(Duration.ofMillis(ttlMillis))
            .setUpdateType(StateTtlConfig.UpdateType.OnCreateAndWrite)
            .setStateVisibility(StateTtlConfig.StateVisibility.NeverReturnExpired)
            .cleanupInRocksdbCompactFilter(CLOCK_EVERY_ENTRIES)
            .build());
    seen = getRuntimeContext().getMapState(descriptor);
    dropped = getRuntimeContext().getMetricGroup().counter("millrace_duplicates_dropped_total");
  }

  @Override
  public void processElement(
      InferenceCommand command, Context context, Collector<InferenceCommand> out) throws Exception {
    String jobId = command.getJobId();
    if (seen.contains(jobId)) {
      dropped.inc();
    } else {
      seen.put(jobId, Boolean.TRUE);
      out.collect(command);
    }
  }
}
