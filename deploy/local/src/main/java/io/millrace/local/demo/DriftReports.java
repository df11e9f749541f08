package io.millrace.local.demo;

import io.millrace.local.kafka.TopicReader;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;

/** What a stack says of drift: the reports in Kafka, and the gauge that the alert is by. */
final class DriftReports implements AutoCloseable {

  private static final String DETECTED = "millrace_drift_detected{";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final TopicReader drift;
  private final TopicReader quality;
  private final URI metrics;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param metrics of Flink, in the Prometheus text format
   */
  DriftReports(String bootstrapServers, URI metrics) {
    drift = new TopicReader(bootstrapServers, Topic.DRIFT_REPORTS.name());
    quality = new TopicReader(bootstrapServers, Topic.QUALITY_REPORTS.name());
    this.metrics = metrics;
  }

  /** Adds all reports that there are. */
  void readInto(DriftTimeline timeline) {
    read(drift, MessageCodec.DRIFT_REPORTS, timeline::add);
    read(quality, MessageCodec.QUALITY_REPORTS, timeline::add);
  }

  private static <T extends SpecificRecordBase> void read(
      TopicReader topic, MessageCodec<T> codec, Consumer<T> reader) {
    topic.read(
        null,
        record -> {
          try {
            reader.accept(codec.decode(record.value()));
          } catch (DecodeException e) {
            throw new CommandFailedException("A report cannot be read: " + e.getMessage(), e);
          }
        });
  }

  /** Whether the gauge is 1 for any feature of a version. */
  boolean alert(String model, String version) throws IOException, InterruptedException {
    HttpRequest scrape = HttpRequest.newBuilder(metrics).timeout(TIMEOUT).build();
    return http.send(scrape, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.contains(DETECTED))
        .filter(line -> line.contains("model=\"%s\"".formatted(model)))
        .filter(line -> line.contains("version=\"%s\"".formatted(version)))
        .anyMatch(line -> line.endsWith(" 1.0"));
  }

  @Override
  public void close() {
    drift.close();
    quality.close();
  }
}
