package io.millrace.local.stack;

import io.millrace.local.kafka.TopicReader;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.EffectiveDeployment;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.security.KafkaCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import org.apache.avro.specific.SpecificRecordBase;
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
public final class Deployments {

  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final KafkaCluster kafka;
  private final InstantSource clock;

  /** At a broker that asks for nothing. */
  public Deployments(String bootstrapServers, InstantSource clock) {
    this(KafkaCluster.plain(bootstrapServers), clock);
  }

  public Deployments(KafkaCluster kafka, InstantSource clock) {
    this.kafka = kafka;
    this.clock = clock;
  }

  /**
   * Deploys each model that has no deployment yet. One that has keeps its versions, which operators
   * and rollouts choose, and its revision unless the terms change.
   *
   * @param versions of models without a deployment
   * @param terms by model; a model without any keeps those that it has
   * @return the versions that answer in production now
   */
  List<ModelVersion> deploy(Collection<ModelVersion> versions, Map<String, DeploymentTerms> terms)
      throws InterruptedException {
    Map<String, Deployment> current = read();
    List<Deployment> changed = new ArrayList<>();
    List<ModelVersion> production = new ArrayList<>();
    for (ModelVersion version : versions) {
      Deployment before = current.get(version.model());
      Deployment next = next(before, version, terms.get(version.model()));
      production.add(new ModelVersion(next.getModel(), next.getVersion()));
      if (!next.equals(before)) {
        changed.add(renewed(next));
      }
    }
    write(changed);
    return production;
  }

  private Deployment next(
      @Nullable Deployment before, ModelVersion version, @Nullable DeploymentTerms terms) {
    Deployment.Builder next =
        before == null
            ? Deployment.newBuilder()
                .setModel(version.model())
                .setVersion(version.version())
                .setRevision(0)
                .setUpdatedAt(Instant.EPOCH)
            : Deployment.newBuilder(before);
    return (terms == null ? next : terms.apply(next)).build();
  }

  private Deployment renewed(Deployment changed) {
    return Deployment.newBuilder(changed)
        .setRevision(changed.getRevision() + 1)
        .setUpdatedBy("millrace up")
        .setUpdatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  /** The deployment of each model as the decisions of its rollout have left it. */
  public Map<String, Deployment> read() {
    Map<String, Deployment> deployments = new HashMap<>();
    follow(
        Topic.DEPLOYMENTS,
        MessageCodec.DEPLOYMENTS,
        deployments,
        (known, next) -> next.getRevision() > known.getRevision());
    Map<String, RolloutDecision> decisions = new HashMap<>();
    follow(Topic.ROLLOUTS, MessageCodec.ROLLOUT_DECISIONS, decisions, Deployments::isNewer);
    deployments.replaceAll(
        (model, deployment) -> EffectiveDeployment.of(deployment, decisions.get(model)));
    return deployments;
  }

  private static boolean isNewer(RolloutDecision known, RolloutDecision next) {
    return Comparator.comparingLong(RolloutDecision::getRevision)
            .thenComparingLong(RolloutDecision::getSequence)
            .compare(next, known)
        > 0;
  }

  /** Reads a topic whose first record of a number counts. */
  private <T extends SpecificRecordBase> void follow(
      Topic topic, MessageCodec<T> codec, Map<String, T> values, BiPredicate<T, T> newer) {
    try (TopicReader reader = new TopicReader(kafka, topic.name())) {
      reader.read(null, record -> put(codec, values, newer, record));
    }
  }

  private static <T extends SpecificRecordBase> void put(
      MessageCodec<T> codec,
      Map<String, T> values,
      BiPredicate<T, T> newer,
      ConsumerRecord<byte[], byte[]> record) {
    String model = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      values.remove(model);
      return;
    }
    try {
      T next = codec.decode(record.value());
      values.merge(model, next, (known, other) -> newer.test(known, other) ? other : known);
    } catch (DecodeException e) {
      LOG.warn(
          "Ignoring a record that is not valid: {}-{} offset {}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  private void write(List<Deployment> deployments) throws InterruptedException {
    Map<String, Object> settings = kafka.client(Map.of(ProducerConfig.ACKS_CONFIG, "all"));
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
