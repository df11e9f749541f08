package io.millrace.local.stack;

import io.millrace.local.kafka.TopicReader;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.PackageSummary;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.TensorMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers model packages by writing to {@code model.versions}. */
public final class Registrations {

  private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);
  private static final long TIMEOUT_SECONDS = 30;

  private final String bootstrapServers;
  private final InstantSource clock;

  public Registrations(String bootstrapServers, InstantSource clock) {
    this.bootstrapServers = bootstrapServers;
    this.clock = clock;
  }

  /**
   * Registers every package of a repository that is not registered as it is. Only what is not
   * registered yet is verified file by file: packages never change.
   */
  void register(LocalModelRepository repository) throws InterruptedException {
    Map<String, ModelMetadata> known = read();
    Map<String, ModelMetadata> changed = new HashMap<>();
    for (ModelVersion version : repository.list()) {
      try {
        ModelMetadata before = known.get(version.toString());
        if (before == null) {
          var unused = repository.open(version);
        }
        Instant at =
            before == null
                ? clock.instant().truncatedTo(ChronoUnit.MILLIS)
                : before.getRegisteredAt();
        ModelRegistry registry = ModelRegistry.open(repository.root().toString());
        ModelMetadata metadata =
            metadata(registry.summary(version), registry.aliases().at(version), at);
        if (!metadata.equals(before)) {
          changed.put(version.toString(), metadata);
        }
      } catch (ModelLoadException | IOException e) {
        // Nobody can use it; that is no reason for the others not to start.
        LOG.warn("Not registered: {}", e.getMessage());
      }
    }
    write(changed);
  }

  static ModelMetadata metadata(
      PackageSummary summary, List<String> aliases, Instant registeredAt) {
    ModelManifest manifest = summary.manifest();
    return ModelMetadata.newBuilder()
        .setModel(manifest.name())
        .setVersion(manifest.version())
        .setTask(
            switch (manifest.task()) {
              case TEXT_CLASSIFICATION -> "text-classification";
              case TEXT_EMBEDDING -> "text-embedding";
              case TENSOR -> "tensor";
            })
        .setPlatform("onnxruntime_onnx")
        .setInputs(tensors(manifest.inputs()))
        .setOutputs(tensors(manifest.outputs()))
        .setLabels(manifest.labels())
        .setBaseline(metrics(manifest))
        .setSizeBytes(summary.bytes())
        .setAliases(aliases)
        .setRegisteredAt(registeredAt)
        .build();
  }

  private static List<TensorMetadata> tensors(List<TensorSpec> tensors) {
    return tensors.stream()
        .map(tensor -> new TensorMetadata(tensor.name(), tensor.datatype(), tensor.shape()))
        .toList();
  }

  private static Map<String, Double> metrics(ModelManifest manifest) {
    Baseline baseline = manifest.baseline();
    return baseline == null
        ? Map.of()
        : Map.of(
            "rows", (double) baseline.rows(),
            "accuracy", baseline.accuracy(),
            "macro_f1", baseline.macroF1(),
            "log_loss", baseline.logLoss());
  }

  private Map<String, ModelMetadata> read() {
    Map<String, ModelMetadata> known = new HashMap<>();
    try (TopicReader reader = new TopicReader(bootstrapServers, Topic.MODEL_VERSIONS.name())) {
      reader.read(null, record -> put(known, record));
    }
    return known;
  }

  private static void put(Map<String, ModelMetadata> known, ConsumerRecord<byte[], byte[]> record) {
    String version = new String(record.key(), StandardCharsets.UTF_8);
    known.remove(version);
    if (record.value() != null) {
      try {
        known.put(version, MessageCodec.MODEL_METADATA.decode(record.value()));
      } catch (DecodeException e) {
        LOG.warn(
            "Registering {} anew, what is registered is not valid: {}", version, e.getMessage());
      }
    }
  }

  private void write(Map<String, ModelMetadata> versions) throws InterruptedException {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (Map.Entry<String, ModelMetadata> version : versions.entrySet()) {
        producer
            .send(
                new ProducerRecord<>(
                    Topic.MODEL_VERSIONS.name(),
                    version.getKey(),
                    MessageCodec.MODEL_METADATA.encode(version.getValue())))
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        LOG.info("Registered {}", version.getKey());
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("Cannot register the models: " + e.getMessage(), e);
    }
  }
}
