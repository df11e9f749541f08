package io.millrace.local.chaos;

import io.millrace.local.audit.ResultTally;
import io.millrace.local.kafka.TopicReader;
import io.millrace.local.stack.LocalStack;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The same jobs and the same contents come from everywhere, again and again. */
final class Duplicates implements Scenario {

  private static final String MODEL = LocalStack.SAMPLE_MODEL;

  /** Requests through the API that share a content. */
  private static final int ALIKE = 4;

  private static final int COPIES = 3;

  private final Clock clock = Clock.systemUTC();

  @Override
  public String name() {
    return "duplicates";
  }

  @Override
  public String about() {
    return "Contents come four at a time, producers write each command three times, and the log so"
        + " far is written again in mid-load and at the end: one result a job, and about one"
        + " computation a content.";
  }

  @Override
  public int requests() {
    return 2_000;
  }

  @Override
  public ScenarioReport run(ChaosContext context) throws Exception {
    ChaosStack stack = ChaosStack.start(context, new Setup());
    Texts texts = new Texts(ChaosContext.SEED);
    int direct = context.requests() / 4;
    int overApi = context.requests() - direct;
    List<Question> questions = new ArrayList<>();
    while (questions.size() < overApi) {
      Question question = Question.of(MODEL, texts.next(), Expectation.success());
      questions.addAll(Collections.nCopies(Math.min(ALIKE, overApi - questions.size()), question));
    }
    Findings findings = new Findings();
    int[] replayed = {0};
    try (KafkaProducer<byte[], byte[]> producer = producer(stack)) {
      stack.send(
          questions,
          overApi / 2,
          () -> {
            stack.event("producers retry");
            writeCopies(producer, stack, texts.next(direct));
            stack.event("the log is written again");
            replayed[0] += replay(producer, stack);
            return null;
          });
      stack.awaitResults();
      stack.event("the log is written again");
      replayed[0] += replay(producer, stack);
    }
    int contents = (overApi + ALIKE - 1) / ALIKE + direct;
    ScenarioReport report = stack.report(name(), findings);
    long computed =
        ResultTally.of(stack.audit().results(stack.log().acceptedJobs().keySet()))
            .origins()
            .computed();
    List<Findings.Finding> lines = new ArrayList<>(report.findings());
    lines.add(
        new Findings.Finding(
            "commands written again",
            "%,d by producers, %,d from the log".formatted((COPIES - 1) * direct, replayed[0]),
            true));
    lines.add(
        new Findings.Finding(
            "contents", "%,d, computed %,d times".formatted(contents, computed), true));
    return new ScenarioReport(report.verdict(), lines);
  }

  /** Writes jobs of our own, each several times; they count as accepted once Kafka has them. */
  private void writeCopies(
      KafkaProducer<byte[], byte[]> producer, ChaosStack stack, List<String> texts)
      throws InterruptedException, ExecutionException {
    List<InferenceCommand> commands = texts.stream().map(this::command).toList();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (InferenceCommand command : commands) {
      records.addAll(
          Collections.nCopies(
              COPIES,
              new ProducerRecord<>(
                  Topic.REQUESTS.name(),
                  command.getFingerprint().getBytes(StandardCharsets.UTF_8),
                  MessageCodec.COMMANDS.encode(command))));
    }
    Collections.shuffle(records, new Random(ChaosContext.SEED));
    send(producer, records);
    for (InferenceCommand command : commands) {
      stack.log().accepted(command.getJobId(), Question.of(MODEL, "", Expectation.success()));
      stack.log().done();
    }
  }

  private InferenceCommand command(String text) {
    Submit submit =
        Submit.newBuilder().setInputs(List.of(Tensors.ofStrings("text", List.of(text)))).build();
    return InferenceCommand.newBuilder()
        .setJobId("chaos-" + UUID.randomUUID())
        .setTenant("default")
        .setModel(MODEL)
        .setFingerprint(Fingerprint.of("default", MODEL, submit))
        .setCreatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .setCommand(submit)
        .build();
  }

  /** Writes all that is in the log once more, byte for byte. */
  private static int replay(KafkaProducer<byte[], byte[]> producer, ChaosStack stack)
      throws InterruptedException, ExecutionException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(stack.stack().addresses().kafka(), Topic.REQUESTS.name())) {
      reader.read(
          null,
          record ->
              records.add(
                  new ProducerRecord<>(
                      record.topic(), null, record.key(), record.value(), record.headers())));
    }
    send(producer, records);
    return records.size();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException, ExecutionException {
    var sent = records.stream().map(producer::send).toList();
    producer.flush();
    for (var acknowledged : sent) {
      acknowledged.get();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(ChaosStack stack) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            stack.stack().addresses().kafka(),
            ProducerConfig.ACKS_CONFIG,
            "all"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
