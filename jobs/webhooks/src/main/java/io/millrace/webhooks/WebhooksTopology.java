package io.millrace.webhooks;

import io.millrace.cache.WebhookDeliveryStatus;
import io.millrace.jobs.FlinkConfiguration;
import io.millrace.jobs.decode.DecodeFunction;
import io.millrace.jobs.decode.MessageDecoder;
import io.millrace.kafka.ReceivedRecord;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.WebhookDeadLetter;
import io.millrace.schemas.avro.WebhookDelivery;
import io.millrace.webhooks.config.WebhooksConfig;
import io.millrace.webhooks.deliver.DeliverFunction;
import io.millrace.webhooks.event.DeliveryFunction;
import io.millrace.webhooks.send.WebhookSender;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The webhooks job as a diagram:
 *
 * <pre>
 * results ─ decode ─ deliveries ─ keyBy(endpoint) ─ DELIVER ─┬─ webhook dead letters
 *             │                                      │  ▲     └─ status
 *             ├▶ dead letters                        │  └ timers: retries, outcomes of attempts
 * replays ─ decode ─ keyBy(endpoint) ────────────────╯
 * </pre>
 *
 * The ends are parameters: Kafka and Redis in the job, bounded sources and collectors in tests.
 */
public final class WebhooksTopology {

  private static final TypeInformation<WebhookDelivery> DELIVERY =
      TypeInformation.of(WebhookDelivery.class);

  private final WebhooksConfig config;
  private final WebhookSender.Factory senders;

  public WebhooksTopology(WebhooksConfig config, WebhookSender.Factory senders) {
    this.config = config;
    this.senders = senders;
  }

  /** Where the job's outputs go. */
  public record Sinks(
      Sink<WebhookDeadLetter> webhookDeadLetters,
      Sink<WebhookDeliveryStatus> status,
      Sink<DeadLetter> deadLetters) {}

  /** Adds the whole job to the environment that the streams belong to. */
  public void build(
      DataStream<ReceivedRecord> results, DataStream<ReceivedRecord> replays, Sinks sinks) {
    var ended = decodeResults(results);
    var again = decodeReplays(replays);
    var givenUp = deliver(deliveries(ended), again);
    givenUp
        .sinkTo(sinks.webhookDeadLetters())
        .name("webhook dead letters")
        .uid(OperatorIds.WEBHOOK_DEAD_LETTERS);
    givenUp
        .getSideOutput(DeliverFunction.STATUS)
        .sinkTo(sinks.status())
        .name("status")
        .uid(OperatorIds.STATUS);
    ended
        .getSideOutput(DecodeFunction.DEAD_LETTERS)
        .union(again.getSideOutput(DecodeFunction.DEAD_LETTERS))
        .sinkTo(sinks.deadLetters())
        .name("dead letters")
        .uid(OperatorIds.DEAD_LETTERS)
        .setParallelism(1);
  }

  private static SingleOutputStreamOperator<InferenceResult> decodeResults(
      DataStream<ReceivedRecord> results) {
    return results
        .process(
            new DecodeFunction<>(new MessageDecoder<>(() -> MessageCodec.RESULTS)),
            TypeInformation.of(InferenceResult.class))
        .name("decode results")
        .uid(OperatorIds.DECODE_RESULTS);
  }

  private static SingleOutputStreamOperator<WebhookDelivery> decodeReplays(
      DataStream<ReceivedRecord> replays) {
    return replays
        .process(
            new DecodeFunction<>(new MessageDecoder<>(() -> MessageCodec.WEBHOOK_DELIVERIES)),
            DELIVERY)
        .name("decode replays")
        .uid(OperatorIds.DECODE_REPLAYS);
  }

  private DataStream<WebhookDelivery> deliveries(DataStream<InferenceResult> results) {
    return results
        .flatMap(new DeliveryFunction(config.api().publicUrl(), config.redis().resultTtl()))
        .returns(DELIVERY)
        .setBufferTimeout(FlinkConfiguration.REQUEST_BUFFER_TIMEOUT_MILLIS)
        .name("deliveries")
        .uid(OperatorIds.DELIVERIES);
  }

  private SingleOutputStreamOperator<WebhookDeadLetter> deliver(
      DataStream<WebhookDelivery> deliveries, DataStream<WebhookDelivery> replays) {
    return deliveries
        .keyBy(DeliverFunction::endpointOf)
        .connect(replays.keyBy(DeliverFunction::endpointOf))
        .process(
            new DeliverFunction(
                config.delivery().retrySchedule(), config.endpoints().options(), senders),
            TypeInformation.of(WebhookDeadLetter.class))
        .name("deliver")
        .uid(OperatorIds.DELIVER);
  }
}
