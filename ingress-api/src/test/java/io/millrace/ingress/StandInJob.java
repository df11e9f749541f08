package io.millrace.ingress;

import io.millrace.cache.CacheUnavailableException;
import io.millrace.cache.JobStore;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceError;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Plays the inference job: answers each submission with the label "delivery", or with a vector
 * where the model is for that, in the store at once and in the topic; the text "bad" fails and the
 * text "never" is left without an answer, until it is cancelled.
 */
final class StandInJob implements AutoCloseable {

  private final Consumer<byte[], byte[]> requests;
  private final JobStore store;
  private final Producer<byte[], byte[]> results;
  private final Map<String, InferenceCommand> unanswered = new HashMap<>();
  private final Thread thread;

  StandInJob(Consumer<byte[], byte[]> requests, JobStore store, Producer<byte[], byte[]> results) {
    this.requests = requests;
    this.store = store;
    this.results = results;
    this.thread = new Thread(this::run, "stand-in-job");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : requests.poll(Duration.ofMillis(100))) {
          answer(MessageCodec.COMMANDS.decode(record.value()));
        }
      }
    } catch (WakeupException e) {
      requests.close();
    } catch (Exception e) {
      throw new IllegalStateException("The stand-in job failed", e);
    }
  }

  private void answer(InferenceCommand command) throws Exception {
    if (!(command.getCommand() instanceof Submit submit)) {
      InferenceCommand waiting = unanswered.remove(command.getJobId());
      if (waiting != null) {
        end(cancelled(waiting));
      }
      return;
    }
    String text = text(submit.getInputs().get(0));
    if (text.equals("never")) {
      unanswered.put(command.getJobId(), command);
    } else {
      InferenceResult result = text.equals("bad") ? failed(command) : succeeded(command);
      if (command.getModel().equals(TestStack.EMBEDDER) && !text.equals("bad")) {
        result.setOutputs(List.of(vector(text)));
      }
      end(result);
    }
  }

  /** The first text; empty when the input holds none. */
  private static String text(Tensor input) throws InvalidTensorException {
    if (!input.getName().equals("text") || input.getDatatype() != Datatype.BYTES) {
      return "";
    }
    return Tensors.strings(input).stream().findFirst().orElse("");
  }

  private void end(InferenceResult result) throws Exception {
    try {
      store.finished(result).get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // The store may be away; the topic is what counts.
      if (!(e.getCause() instanceof CacheUnavailableException)) {
        throw e;
      }
    }
    var unused = results.send(record(result));
  }

  static ProducerRecord<byte[], byte[]> record(InferenceResult result) {
    return new ProducerRecord<>(
        Topic.RESULTS.name(),
        null,
        result.getCompletedAt().toEpochMilli(),
        result.getJobId().getBytes(StandardCharsets.UTF_8),
        MessageCodec.RESULTS.encode(result));
  }

  private static InferenceResult cancelled(InferenceCommand command) {
    InferenceResult result = result(command);
    result.setStatus(ResultStatus.CANCELLED);
    result.setError(new InferenceError(ErrorReason.CANCELLED, "cancelled by its client"));
    return result;
  }

  static InferenceResult succeeded(InferenceCommand command) {
    InferenceResult result = result(command);
    result.setStatus(ResultStatus.SUCCEEDED);
    result.setOrigin(Origin.COMPUTED);
    result.setOutputs(
        List.of(
            Tensors.ofStrings("label", List.of("delivery")),
            Tensors.ofFloats("probabilities", new long[] {1, 2}, new float[] {0.75f, 0.25f})));
    result.setExecution(new Execution(0.004, 0.015, 8, 14, 16, 0.002, null));
    return result;
  }

  /** Its length, and something behind the comma. */
  private static Tensor vector(String text) {
    return Tensors.ofFloats(
        "embedding", new long[] {1, 3}, new float[] {text.length(), 0.5f, -0.25f});
  }

  static InferenceResult failed(InferenceCommand command) {
    InferenceResult result = result(command);
    result.setStatus(ResultStatus.FAILED);
    result.setError(new InferenceError(ErrorReason.INVALID_INPUT, "input 'text' is too long"));
    return result;
  }

  private static InferenceResult result(InferenceCommand command) {
    Instant created = command.getCreatedAt();
    InferenceResult result = new InferenceResult();
    result.setJobId(command.getJobId());
    result.setTenant(command.getTenant());
    result.setModel(command.getModel());
    result.setVersion("1.0.0");
    result.setFingerprint(command.getFingerprint());
    result.setOutputs(List.of());
    result.setCreatedAt(created);
    result.setStartedAt(created.plusMillis(12));
    result.setCompletedAt(created.plusMillis(34));
    return result;
  }

  @Override
  public void close() throws InterruptedException {
    requests.wakeup();
    thread.join(Duration.ofSeconds(5).toMillis());
    store.close();
    results.close();
  }
}
