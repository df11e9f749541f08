package io.millrace.evaluation.replay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.evaluation.EvaluationLog;
import io.millrace.evaluation.LabelledRow;
import io.millrace.evaluation.RunProgress;
import io.millrace.evaluation.SampleVersions;
import io.millrace.evaluation.report.ReplayReport;
import io.millrace.kafka.Topics;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import io.millrace.security.KafkaCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replay of a real log, with real models, on a cluster in this process. */
class ReplayRunIT {

  private static final Instant FROM = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant TO = FROM.plus(Duration.ofHours(1));
  private static final Clock CLOCK = Clock.fixed(TO, ZoneOffset.UTC);

  @TempDir private static Path directory;

  private static EmbeddedKafka kafka;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> committed;
  private static List<LabelledRow> rows;

  @BeforeAll
  static void record() throws Exception {
    SampleVersions.train(directory.resolve("models"));
    rows = SampleVersions.rows();
    kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    Topics.create(admin, Topic.ALL);
    // Results as the inference job writes them: in transactions.
    committed = producer("replay-it");
    committed.beginTransaction();
    writeLog();
    committed.commitTransaction();
    abortAnAnswer();
  }

  private static void writeLog() {
    // Forty that production answered rightly; the first two are in the log twice.
    for (int i = 0; i < 40; i++) {
      submit("job-" + i, rows.get(i).inputs(), null, FROM.plusSeconds(i));
      answer("job-" + i, rows.get(i).label(), 0.9f, i % 2 == 0 ? 4 : 0);
    }
    submit("job-0", rows.get(0).inputs(), null, FROM.plusSeconds(50));
    answer("job-0", "a_second_result", 0.1f, 4);
    submit("job-1", rows.get(1).inputs(), null, FROM.plusSeconds(51));
    // What is counted apart.
    submit("pinned", rows.get(0).inputs(), "1.0.0", FROM.plusSeconds(60));
    answer("pinned", rows.get(0).label(), 0.9f, 1);
    submit("cancelled", rows.get(1).inputs(), null, FROM.plusSeconds(61));
    cancel("cancelled", rows.get(1).inputs(), FROM.plusSeconds(62));
    end("cancelled", ResultStatus.CANCELLED);
    submit("expired", rows.get(2).inputs(), null, FROM.plusSeconds(63));
    end("expired", ResultStatus.EXPIRED);
    submit("failed", rows.get(3).inputs(), null, FROM.plusSeconds(64));
    end("failed", ResultStatus.FAILED);
    submit("unanswered", rows.get(4).inputs(), null, FROM.plusSeconds(65));
    submit("other-outputs", rows.get(5).inputs(), null, FROM.plusSeconds(66));
    result("other-outputs", List.of(Tensors.ofStrings("label", List.of("app_crash"))), 0);
    submit(
        "no-text", List.of(Tensors.ofStrings("sound", List.of("boo"))), null, FROM.plusSeconds(67));
    answer("no-text", "app_crash", 0.9f, 1);
    // What is not of the range, or not of the model, or no command at all.
    submit("too-early", rows.get(6).inputs(), null, FROM.minusMillis(1));
    answer("too-early", rows.get(6).label(), 0.9f, 1);
    submit("too-late", rows.get(7).inputs(), null, TO);
    answer("too-late", rows.get(7).label(), 0.9f, 1);
    send(Topic.REQUESTS, "x", "no command".getBytes(StandardCharsets.UTF_8), FROM.plusSeconds(70));
  }

  /** An answer that was never committed: the job without one stays without one. */
  private static void abortAnAnswer() {
    committed.beginTransaction();
    answer("unanswered", rows.get(4).label(), 0.9f, 1);
    committed.flush();
    committed.abortTransaction();
  }

  @AfterAll
  static void stop() {
    committed.close();
    admin.close();
    kafka.close();
  }

  @Test
  void comparesWithWhatProductionAnsweredAndWritesNothing() throws Exception {
    // Given
    Map<TopicPartition, Long> before = ends();

    // When
    ReplayReport report = replay(SampleVersions.INT8, FROM, TO, 3.6);

    // Then
    assertThat(report.requests().total()).isEqualTo(47);
    assertThat(report.requests().compared()).isEqualTo(40);
    assertThat(report.requests().pinned()).isEqualTo(1);
    assertThat(report.requests().cancelled()).isEqualTo(1);
    assertThat(report.requests().expired()).isEqualTo(1);
    assertThat(report.requests().failed()).isEqualTo(1);
    assertThat(report.requests().unanswered()).isEqualTo(1);
    assertThat(report.requests().otherOutputs()).isEqualTo(1);
    assertThat(report.requests().replayFailed()).isEqualTo(1);
    assertThat(report.requests().replayFailure()).contains("text");
    ReplayReport.Answers answers = requireNonNull(report.answers());
    assertThat(answers.rows()).isEqualTo(40);
    // Production's answers are the true labels, of which the version gets most right.
    assertThat(answers.agreement()).isGreaterThan(0.9);
    assertThat(answers.productionVersions()).containsExactly(Map.entry("1.0.0", 40L));
    assertThat(answers.labels()).noneMatch(share -> share.label().equals("a_second_result"));
    assertThat(answers.labelDrift().jensenShannon()).isLessThan(0.2);
    // Half of them were computed, a batch of four in 20 ms each.
    assertThat(answers.cost().requests()).isEqualTo(20);
    assertThat(answers.cost().productionSeconds()).isCloseTo(20 * 0.020 / 4, within(1e-9));
    assertThat(answers.cost().productionCost()).isCloseTo(20 * 0.020 / 4 / 1_000, within(1e-12));
    assertThat(answers.cost().replaySeconds()).isPositive();
    assertThat(answers.timing().production().p50()).isCloseTo(0.25, within(1e-9));
    assertThat(answers.timing().replayCall().n()).isEqualTo(20);
    assertThat(ends()).isEqualTo(before);
    assertThat(admin.listGroups().all().get()).isEmpty();
  }

  @Test
  void aVersionThatLearntNothingDisagreesAndDrifts() throws Exception {
    // When
    ReplayReport report = replay(SampleVersions.SHUFFLED, FROM, TO, null);

    // Then
    ReplayReport.Answers answers = requireNonNull(report.answers());
    assertThat(answers.agreement()).isLessThan(0.7);
    assertThat(answers.changes()).isNotEmpty();
    assertThat(answers.changes().stream().mapToLong(ReplayReport.Change::rows).sum())
        .isEqualTo(Math.round((1 - answers.agreement()) * 40));
    assertThat(answers.confidenceDrift().jensenShannon()).isGreaterThan(0.1);
    assertThat(answers.cost().replayCost()).isNull();
  }

  @Test
  void aRangeWithoutRequestsIsNoFailure() throws Exception {
    // When
    ReplayReport report =
        replay(SampleVersions.INT8, TO.plusSeconds(60), TO.plusSeconds(120), null);

    // Then
    assertThat(report.requests().total()).isZero();
    assertThat(report.answers()).isNull();
  }

  @Test
  void anEvaluationIsFoundUnderItsPair() throws Exception {
    // Given
    ModelEvaluation evaluation =
        ModelEvaluation.newBuilder()
            .setId("one")
            .setModel("support-desk")
            .setCandidate("1.1.0")
            .setProduction("1.0.0")
            .setPassed(true)
            .setData("held-out.csv")
            .setDataSha256("00")
            .setRows(75)
            .setMetrics(Map.of("agreement", 0.98))
            .setCreatedAt(TO)
            .build();
    long before = end(Topic.EVALUATIONS);

    // When
    new EvaluationLog(kafka.bootstrapServers()).write(evaluation);

    // Then
    assertThat(end(Topic.EVALUATIONS)).isEqualTo(before + 1);
  }

  private static ReplayReport replay(
      String version, Instant from, Instant to, @Nullable Double price) throws Exception {
    return new ReplayRun(CLOCK)
        .run(
            new ReplayRequest(
                directory.resolve("models"),
                SampleVersions.MODEL,
                version,
                KafkaCluster.plain(kafka.bootstrapServers()),
                from,
                to,
                price),
            RunProgress.NONE);
  }

  private static void submit(String id, List<Tensor> inputs, @Nullable String version, Instant at) {
    Submit submit = Submit.newBuilder().setVersion(version).setInputs(inputs).build();
    command(id, submit, Fingerprint.of("default", SampleVersions.MODEL, submit), at);
  }

  private static void cancel(String id, List<Tensor> inputs, Instant at) {
    Submit submit = Submit.newBuilder().setInputs(inputs).build();
    command(id, new Cancel(), Fingerprint.of("default", SampleVersions.MODEL, submit), at);
  }

  private static void command(String id, Object command, String fingerprint, Instant at) {
    send(
        Topic.REQUESTS,
        fingerprint,
        MessageCodec.COMMANDS.encode(
            InferenceCommand.newBuilder()
                .setJobId(id)
                .setModel(SampleVersions.MODEL)
                .setFingerprint(fingerprint)
                .setCreatedAt(at)
                .setCommand(command)
                .build()),
        at);
  }

  private static void answer(String id, String label, float confidence, int batch) {
    result(
        id,
        List.of(
            Tensors.ofStrings("label", List.of(label)),
            Tensors.ofFloats("confidence", new long[] {1}, new float[] {confidence})),
        batch);
  }

  private static void result(String id, List<Tensor> outputs, int batch) {
    send(
        Topic.RESULTS,
        id,
        MessageCodec.RESULTS.encode(
            result(id)
                .setStatus(ResultStatus.SUCCEEDED)
                .setVersion("1.0.0")
                .setOutputs(outputs)
                .setExecution(
                    batch == 0 ? null : new Execution(0.001, 0.020, batch, 9, 10, 0.005, null))
                .build()),
        FROM.plusSeconds(100));
  }

  private static void end(String id, ResultStatus status) {
    send(
        Topic.RESULTS,
        id,
        MessageCodec.RESULTS.encode(result(id).setStatus(status).build()),
        FROM.plusSeconds(100));
  }

  private static InferenceResult.Builder result(String id) {
    return InferenceResult.newBuilder()
        .setJobId(id)
        .setTenant("default")
        .setModel(SampleVersions.MODEL)
        .setFingerprint("f")
        .setCreatedAt(FROM)
        .setCompletedAt(FROM.plusMillis(250));
  }

  private static void send(Topic topic, String key, byte[] value, Instant at) {
    var unused =
        committed.send(
            new ProducerRecord<>(
                topic.name(),
                null,
                at.toEpochMilli(),
                key.getBytes(StandardCharsets.UTF_8),
                value));
  }

  private static KafkaProducer<byte[], byte[]> producer(String transactionalId) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "transactional.id", transactionalId),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  private static long end(Topic topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  /** Of the live topics: all but that of the evaluations, which is not the replay's. */
  private static Map<TopicPartition, Long> ends() throws Exception {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (Topic topic : Topic.ALL) {
      for (int i = 0; i < topic.partitions() && !topic.equals(Topic.EVALUATIONS); i++) {
        wanted.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
      }
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin.listOffsets(wanted).all().get().forEach((at, found) -> ends.put(at, found.offset()));
    return ends;
  }
}
