package io.millrace.local.stack;

import io.millrace.local.kafka.TopicReader;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.Baseline;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.TensorMetadata;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Registers versions of models by writing to {@code model.versions}. */
final class Registrations {

  private final String bootstrapServers;
  private final InstantSource clock;

  Registrations(String bootstrapServers, InstantSource clock) {
    this.bootstrapServers = bootstrapServers;
    this.clock = clock;
  }

  /** Registers those that are not; what is registered never changes. */
  void register(Collection<ModelManifest> manifests) {
    Set<String> registered = read();
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (ModelManifest manifest : manifests) {
        String key = manifest.name() + "/" + manifest.version();
        if (registered.add(key)) {
          byte[] value = MessageCodec.MODEL_METADATA.encode(metadata(manifest));
          var unused = producer.send(new ProducerRecord<>(Topic.MODEL_VERSIONS.name(), key, value));
        }
      }
      producer.flush();
    }
  }

  private Set<String> read() {
    Set<String> registered = new HashSet<>();
    try (TopicReader reader = new TopicReader(bootstrapServers, Topic.MODEL_VERSIONS.name())) {
      reader.read(
          null,
          record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
              registered.remove(key);
            } else {
              registered.add(key);
            }
          });
    }
    return registered;
  }

  private ModelMetadata metadata(ModelManifest manifest) {
    return ModelMetadata.newBuilder()
        .setModel(manifest.name())
        .setVersion(manifest.version())
        .setTask(manifest.task().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .setPlatform(manifest.engine().toLowerCase(Locale.ROOT) + "_onnx")
        .setInputs(tensors(manifest.inputs()))
        .setOutputs(tensors(manifest.outputs()))
        .setLabels(manifest.labels())
        .setBaseline(baseline(manifest.baseline()))
        .setRegisteredAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  private static List<TensorMetadata> tensors(List<TensorSpec> tensors) {
    return tensors.stream()
        .map(tensor -> new TensorMetadata(tensor.name(), tensor.datatype(), tensor.shape()))
        .toList();
  }

  private static Map<String, Double> baseline(@Nullable Baseline baseline) {
    return baseline == null
        ? Map.of()
        : Map.of(
            "rows", (double) baseline.rows(),
            "accuracy", baseline.accuracy(),
            "macro_f1", baseline.macroF1(),
            "log_loss", baseline.logLoss());
  }
}
