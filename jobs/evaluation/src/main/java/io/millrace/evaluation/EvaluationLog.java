package io.millrace.evaluation;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.security.KafkaCluster;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic of evaluations, where the API looks whether a rollout may start. */
public final class EvaluationLog {

  private static final long TIMEOUT_SECONDS = 15;

  private final KafkaCluster kafka;

  /** At a broker that asks for nothing. */
  public EvaluationLog(String bootstrapServers) {
    this(KafkaCluster.plain(bootstrapServers));
  }

  public EvaluationLog(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  /**
   * Adds one; returns when Kafka has it.
   *
   * @throws EvaluationException when Kafka does not take it
   */
  public void write(ModelEvaluation evaluation) throws EvaluationException {
    String key =
        String.join(
            "/", evaluation.getModel(), evaluation.getCandidate(), evaluation.getProduction());
    Map<String, Object> settings =
        kafka.client(
            Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS)));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topic.EVALUATIONS.name(), key, MessageCodec.MODEL_EVALUATIONS.encode(evaluation)))
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new EvaluationException(
          "Kafka at %s did not take the evaluation: %s".formatted(kafka, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvaluationException("Interrupted while the evaluation was written", e);
    }
  }
}
