package io.millrace.local.stack;

import io.millrace.local.kafka.TopicReader;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deploys models by writing to {@code model.deployments}. */
final class Deployments {

  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final String bootstrapServers;
  private final InstantSource clock;

  Deployments(String bootstrapServers, InstantSource clock) {
    this.bootstrapServers = bootstrapServers;
    this.clock = clock;
  }

  /**
   * Makes each version the one that answers for its model. A model whose version answers already on
   * the same terms keeps its deployment, so that its revision grows with changes alone.
   *
   * @param terms by model; a model without any keeps those that it has
   */
  void deploy(Collection<ModelVersion> versions, Map<String, DeploymentTerms> terms)
      throws InterruptedException {
    Map<String, Deployment> current = read();
    List<Deployment> changed = new ArrayList<>();
    for (ModelVersion version : versions) {
      Deployment before = current.get(version.model());
      Deployment next = next(before, version, terms.get(version.model()));
      if (!next.equals(before)) {
        changed.add(renewed(next));
      }
    }
    write(changed);
  }

  private Deployment next(
      @Nullable Deployment before, ModelVersion version, @Nullable DeploymentTerms terms) {
    Deployment.Builder next =
        before == null
            ? Deployment.newBuilder().setRevision(0).setUpdatedAt(Instant.EPOCH)
            : Deployment.newBuilder(before);
    next.setModel(version.model()).setVersion(version.version());
    return (terms == null ? next : terms.apply(next)).build();
  }

  private Deployment renewed(Deployment changed) {
    return Deployment.newBuilder(changed)
        .setRevision(changed.getRevision() + 1)
        .setUpdatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  /** The last deployment of each model. */
  Map<String, Deployment> read() {
    Map<String, Deployment> deployments = new HashMap<>();
    try (TopicReader reader = new TopicReader(bootstrapServers, Topic.DEPLOYMENTS.name())) {
      reader.read(null, record -> put(deployments, record));
    }
    return deployments;
  }

  private static void put(
      Map<String, Deployment> deployments, ConsumerRecord<byte[], byte[]> record) {
    String model = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      deployments.remove(model);
      return;
    }
    try {
      deployments.put(model, MessageCodec.DEPLOYMENTS.decode(record.value()));
    } catch (DecodeException e) {
      LOG.warn(
          "Ignoring a deployment that is not valid: {}-{} offset {}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  private void write(List<Deployment> deployments) throws InterruptedException {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (Deployment deployment : deployments) {
        producer
            .send(
                new ProducerRecord<>(
                    Topic.DEPLOYMENTS.name(),
                    deployment.getModel(),
                    MessageCodec.DEPLOYMENTS.encode(deployment)))
            .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        LOG.info(
            "Deployed {} {}, revision {}",
            deployment.getModel(),
            deployment.getVersion(),
            deployment.getRevision());
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("Cannot write the deployments: " + e.getMessage(), e);
    }
  }
}
