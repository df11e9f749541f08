package io.millrace.schemas;

import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutStatus;
import io.millrace.schemas.avro.WebhookDeadLetter;
import io.millrace.schemas.avro.WebhookDelivery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.message.SchemaStore;

/**
 * Every schema that a stored record may have been written with: the current ones and, from the
 * resources {@code history/<name>-<n>.avsc}, all earlier ones. A contract that changes leaves its
 * old schema there and in {@link #EARLIER}.
 */
final class SchemaHistory {

  private static final List<String> EARLIER =
      List.of(
          "InferenceCommand-1",
          "InferenceCommand-2",
          "InferenceCommand-3",
          "InferenceResult-1",
          "InferenceResult-2",
          "InferenceResult-3",
          "Deployment-1",
          "Deployment-2",
          "ModelMetadata-1");

  private SchemaHistory() {}

  static SchemaStore instance() {
    return Holder.STORE;
  }

  static Schema earlier(String name) {
    String resource = "history/" + name + ".avsc";
    try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("No schema resource " + resource);
      }
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read schema resource " + resource, e);
    }
  }

  private static final class Holder {
    private static final SchemaStore STORE = load();

    private static SchemaStore load() {
      SchemaStore.Cache store = new SchemaStore.Cache();
      EARLIER.forEach(name -> store.addSchema(earlier(name)));
      store.addSchema(InferenceCommand.getClassSchema());
      store.addSchema(InferenceResult.getClassSchema());
      store.addSchema(DeadLetter.getClassSchema());
      store.addSchema(Deployment.getClassSchema());
      store.addSchema(ModelMetadata.getClassSchema());
      store.addSchema(Feedback.getClassSchema());
      store.addSchema(WebhookDelivery.getClassSchema());
      store.addSchema(WebhookDeadLetter.getClassSchema());
      store.addSchema(RolloutDecision.getClassSchema());
      store.addSchema(RolloutCommand.getClassSchema());
      store.addSchema(RolloutStatus.getClassSchema());
      store.addSchema(ModelEvaluation.getClassSchema());
      store.addSchema(DriftReport.getClassSchema());
      store.addSchema(QualityReport.getClassSchema());
      store.addSchema(CostReport.getClassSchema());
      return store;
    }
  }
}
