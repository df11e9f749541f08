package io.millrace.inference;

import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Inputs for tests. */
public final class Streams {

  private Streams() {}

  /** One that ends at once. */
  public static <T> DataStream<T> nothing(
      StreamExecutionEnvironment environment, TypeInformation<T> type) {
    return environment
        .fromCollection(List.of(), type)
        .uid("test-" + UUID.randomUUID())
        .setParallelism(1);
  }
}
