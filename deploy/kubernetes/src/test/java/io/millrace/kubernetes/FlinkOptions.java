package io.millrace.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;

/** The options that Flink and its operator know. */
final class FlinkOptions {

  private static final List<Class<?>> CLASSES =
      List.of(
          BlobServerOptions.class,
          CheckpointingOptions.class,
          HeartbeatManagerOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          NettyShuffleEnvironmentOptions.class,
          PipelineOptions.class,
          ResourceManagerOptions.class,
          RestartStrategyOptions.class,
          StateBackendOptions.class,
          StateRecoveryOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  private static final String REPORTER = "metrics.reporter.prom.";

  /**
   * Of Flink's S3 file system, which hands on what begins with {@code s3.}, and of the reporter.
   */
  private static final Set<String> WITHOUT_CLASS =
      Set.of(
          "s3.endpoint",
          "s3.path.style.access",
          REPORTER + "port",
          REPORTER + "filterLabelValueCharacters");

  private final Map<String, ConfigOption<?>> options = new HashMap<>();
  private final Set<String> operator;

  FlinkOptions() throws IllegalAccessException, IOException {
    for (Class<?> type : CLASSES) {
      for (Field field : type.getFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && field.get(null) instanceof ConfigOption<?> option) {
          options.put(option.key(), option);
        }
      }
    }
    options.put(REPORTER + "factory.class", MetricOptions.REPORTER_FACTORY_CLASS);
    try (InputStream list =
        Objects.requireNonNull(FlinkOptions.class.getResourceAsStream("operator-options.txt"))) {
      operator =
          new String(list.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .collect(Collectors.toSet());
    }
  }

  /** Why a setting cannot be, or nothing. */
  String complaint(String key, String value) {
    if (operator.contains(key) || WITHOUT_CLASS.contains(key)) {
      return "";
    }
    ConfigOption<?> option = options.get(key);
    if (option == null) {
      return "nobody knows " + key;
    }
    try {
      org.apache.flink.configuration.Configuration.fromMap(Map.of(key, value)).getOptional(option);
      return key.equals(REPORTER + "factory.class")
              && !value.equals(PrometheusReporterFactory.class.getName())
          ? "no reporter is " + value
          : "";
    } catch (IllegalArgumentException e) {
      return key + " cannot be " + value;
    }
  }
}
