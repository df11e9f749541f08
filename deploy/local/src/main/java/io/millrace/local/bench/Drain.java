package io.millrace.local.bench;

import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.data.Utterance;
import io.millrace.local.deadletters.ReplayProducer;
import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.DeploymentTerms;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.stack.StackOptions;
import io.millrace.local.stack.StartDisplay;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Drains a topic full of distinct texts through a whole stack of its own. */
final class Drain {

  /** Every text is computed. */
  private static final DeploymentTerms NO_CACHE = new DeploymentTerms(null, Duration.ZERO);

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final Path directory;
  private final Path repository;
  private final ModelVersion version;
  private final List<Utterance> rows;
  private final int requests;
  private final Terminal terminal;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param directory of the stacks, emptied before each
   * @param repository where the version is, and nothing else
   * @param rows the texts, taken in turn, each time with a number behind it
   */
  Drain(
      Path directory,
      Path repository,
      ModelVersion version,
      List<Utterance> rows,
      int requests,
      Terminal terminal) {
    this.directory = directory;
    this.repository = repository;
    this.version = version;
    this.rows = List.copyOf(rows);
    this.requests = requests;
    this.terminal = terminal;
  }

  /**
   * One run.
   *
   * @param settings of the job, as variables of the environment
   * @param shutdown closes what is left of it when the process ends first
   * @return texts a second
   */
  double run(Map<String, String> settings, Shutdown shutdown) throws Exception {
    DataDirectory data = shutdown.add("the data directory", DataDirectory.claim(directory));
    data.clear();
    StackOptions options =
        new StackOptions(
            0,
            0,
            repository,
            List.of(version.model() + "@" + version.version()),
            Map.of(version.model(), NO_CACHE),
            settings,
            null);
    LocalStack stack;
    try (StartDisplay display = new StartDisplay(terminal)) {
      stack = LocalStack.start(options, data, display, shutdown);
    }
    try {
      return drain(stack);
    } finally {
      shutdown.close();
    }
  }

  private double drain(LocalStack stack) throws InterruptedException {
    String kafka = stack.addresses().kafka();
    ResultAudit audit = new ResultAudit();
    try (CommittedResults results = CommittedResults.open(kafka, From.NOW, audit)) {
      List<String> jobs = write(kafka, stack.textInput(version.model()));
      if (!results.await(jobs, TIMEOUT)) {
        throw new CommandFailedException(
            "%,d of %,d jobs had no result after %d minutes"
                .formatted(audit.missing(jobs), requests, TIMEOUT.toMinutes()));
      }
      return DrainRate.perSecond(audit.results(jobs).stream().map(Drain::completion).toList());
    }
  }

  private static Instant completion(InferenceResult result) {
    if (result.getStatus() != ResultStatus.SUCCEEDED) {
      throw new CommandFailedException("A job did not succeed: " + result.getError());
    }
    return result.getCompletedAt();
  }

  private List<String> write(String kafka, String input) {
    List<String> jobs = new ArrayList<>(requests);
    try (KafkaProducer<byte[], byte[]> producer = ReplayProducer.open(kafka)) {
      for (int i = 0; i < requests; i++) {
        String job = UUID.randomUUID().toString();
        jobs.add(job);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    Topic.REQUESTS.name(), MessageCodec.COMMANDS.encode(command(job, input, i))));
      }
      producer.flush();
    }
    return jobs;
  }

  private InferenceCommand command(String job, String input, int number) {
    String text = "%s (%d)".formatted(rows.get(number % rows.size()).text(), number);
    return InferenceCommand.newBuilder()
        .setJobId(job)
        .setModel(version.model())
        .setCreatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .setCommand(
            Submit.newBuilder().setInputs(List.of(Tensors.ofStrings(input, List.of(text)))).build())
        .build();
  }
}
