package io.millrace.webhooks.event;

import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.WebhookDelivery;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** From results to the deliveries that they ask for. */
public final class DeliveryFunction extends RichFlatMapFunction<InferenceResult, WebhookDelivery> {

  private static final long serialVersionUID = 1L;

  private final String publicUrl;
  private final Duration resultTtl;
  private transient Deliveries deliveries;

  /**
   * @param publicUrl of the API, without a slash at the end; empty for paths on the API's host
   * @param resultTtl how long a result can be read there
   */
  public DeliveryFunction(String publicUrl, Duration resultTtl) {
    this.publicUrl = publicUrl;
    this.resultTtl = resultTtl;
  }

  @Override
  public void open(OpenContext context) {
    deliveries = new Deliveries(publicUrl, resultTtl);
  }

  @Override
  public void flatMap(InferenceResult result, Collector<WebhookDelivery> out) {
    deliveries.of(result).ifPresent(out::collect);
  }
}
