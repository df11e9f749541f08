package io.millrace.inference.state;

import static io.millrace.inference.Commands.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.InferenceJob;
import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.deduplicate.DeduplicateFunction;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.schemas.avro.InferenceCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job says of RocksDB is what RocksDB says of itself. */
class RocksDbOptionsOperatorTest {

  @Test
  void filtersAndIndexesAreCutUpAndLowLevelsAreNotCompressed(@TempDir Path directory)
      throws Exception {
    Configuration flink = InferenceJob.flinkConfiguration(ConfigLoader.load(null, Map.of()));
    EmbeddedRocksDBStateBackend backend =
        new EmbeddedRocksDBStateBackend().configure(flink, getClass().getClassLoader());
    backend.setDbStoragePath(directory.toUri().toString());

    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new DeduplicateFunction(Duration.ofHours(1), ProgressReporting.NONE)),
            InferenceCommand::getFingerprint,
            Types.STRING)) {
      harness.setStateBackend(backend);
      harness.open();
      harness.processElement(command("job-1", "a text"), 0);

      String seen = options(directory, "seen-job-ids");
      assertThat(seen)
          .contains("filter_policy=bloomfilter:10")
          .contains("partition_filters=true")
          .contains("index_type=kTwoLevelIndexSearch")
          .contains("compression_per_level=kNoCompression:kNoCompression:kLZ4Compression");
    }
  }

  /** The part of a column family in the newest file of options. */
  private static String options(Path directory, String columnFamily) throws IOException {
    List<Path> files;
    try (var all = Files.walk(directory)) {
      files =
          all.filter(file -> file.getFileName().toString().startsWith("OPTIONS-"))
              .sorted(Comparator.comparing(file -> file.getFileName().toString()))
              .toList();
    }
    String options = Files.readString(files.get(files.size() - 1));
    int from = options.indexOf("[CFOptions \"" + columnFamily + "\"]");
    int to = options.indexOf("[CFOptions ", from + 1);
    return options.substring(from, to < 0 ? options.length() : to);
  }
}
