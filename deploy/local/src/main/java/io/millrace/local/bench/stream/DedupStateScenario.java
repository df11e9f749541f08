package io.millrace.local.bench.stream;

import io.millrace.inference.InferenceJob;
import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.deduplicate.DeduplicateFunction;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.schemas.avro.InferenceCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.io.FileUtils;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** {@code dedup-state}. */
public final class DedupStateScenario implements Scenario {

  private static final int MOST = 5_000_000;
  private static final int MEASURED = 200_000;
  private static final int WARM_UP = 100_000;
  private static final String RATE = "commands_per_second";

  @Override
  public String name() {
    return "dedup-state";
  }

  @Override
  public String about() {
    return "The deduplication step in Flink with RocksDB and checkpoints, without Kafka: commands a"
        + " second, half of them copies, with 10 thousand, 1 million and 5 million fingerprints in"
        + " its state (--requests is the most of them).";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.atLeast("flatness", 0.7));
  }

  @Override
  public List<Side> sides(BenchContext context) throws Exception {
    int most = context.options().requests(MOST);
    // Before anything is compiled, the first side would look slow.
    Figures unused = run(context, Math.min(most, WARM_UP), Math.min(most, WARM_UP));
    return List.of(
        new Side("few", () -> run(context, Math.max(1, most / 500), measured(most))),
        new Side("many", () -> run(context, Math.max(1, most / 5), measured(most))),
        new Side("most", () -> run(context, most, measured(most))));
  }

  private static int measured(int most) {
    return Math.min(most, MEASURED);
  }

  @Override
  public Figures compare(Figures round) {
    return Figures.of("flatness", round.get("most." + RATE) / round.get("few." + RATE));
  }

  private static Figures run(BenchContext context, long filled, long measured) throws Exception {
    Path directory = context.directory("dedup-state").resolve(UUID.randomUUID().toString());
    InferenceConfig config =
        ConfigLoader.load(
            null,
            Map.of(
                ConfigLoader.ENVIRONMENT_PREFIX + "CHECKPOINTS_DIRECTORY",
                directory.resolve("checkpoints").toUri().toString()));
    Configuration flink = InferenceJob.flinkConfiguration(config);
    flink.set(CoreOptions.TMP_DIRS, directory.resolve("tmp").toString());
    StreamExecutionEnvironment job = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    DedupWorkload workload = new DedupWorkload(filled, measured);
    job.fromSource(
            new DataGeneratorSource<>(
                workload, filled + measured, TypeInformation.of(InferenceCommand.class)),
            WatermarkStrategy.noWatermarks(),
            "commands")
        .uid("commands")
        .keyBy(InferenceCommand::getFingerprint)
        .process(new DeduplicateFunction(config.deduplicate().ttl(), ProgressReporting.NONE))
        .uid("deduplicate")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    var unused = job.execute("dedup-state");
    // Flink may still be at deleting its own files there.
    boolean unusedDeleted = FileUtils.deleteQuietly(directory.toFile());
    return Figures.of("fingerprints", (double) filled).with(RATE, workload.perSecond());
  }
}
