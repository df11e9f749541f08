package io.millrace.local.flink;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A job with state that goes on until it is stopped; its first argument is its name. With a second
 * argument, {@code broken}, it fails at its first record.
 */
public final class EndlessJob {

  private EndlessJob() {}

  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment();
    job.enableCheckpointing(200);
    boolean broken = args.length > 1 && args[1].equals("broken");
    job.fromSource(
            new DataGeneratorSource<>(
                number -> number, Long.MAX_VALUE, RateLimiterStrategy.perSecond(50), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        // A vertex of its own, whose records are counted.
        .rebalance()
        .filter(number -> passes(broken))
        .uid("filter")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    job.execute(args[0]);
  }

  private static boolean passes(boolean broken) {
    if (broken) {
      throw new IllegalStateException("this release is broken");
    }
    return true;
  }
}
