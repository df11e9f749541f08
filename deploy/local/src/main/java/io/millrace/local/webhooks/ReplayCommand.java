package io.millrace.local.webhooks;

import io.millrace.local.deadletters.BrokerOptions;
import io.millrace.local.deadletters.DeadLetterId;
import io.millrace.local.deadletters.ReplayProducer;
import io.millrace.local.deadletters.Replays;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.WebhookDelivery;
import io.millrace.security.KafkaCluster;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace webhooks replay}. */
@Command(
    name = "replay",
    description =
        "Has deliveries made again, with their webhook-id and a full schedule, and enables their"
            + " endpoints. One that was replayed before is left out.",
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "As 'webhooks list' shows them, like 0:17.",
      converter = DeadLetterId.Converter.class)
  private List<DeadLetterId> ids = List.of();

  @Option(names = "--all", description = "All deliveries that were given up.")
  private boolean all;

  @Mixin private DeliveryFilter filter = new DeliveryFilter();

  @Option(names = "--again", description = "Also those that were replayed before.")
  private boolean again;

  @Option(names = "--dry-run", description = "Show what would be replayed, and send nothing.")
  private boolean dryRun;

  @Mixin private BrokerOptions broker = new BrokerOptions();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireOneSelection();
    KafkaCluster kafka = broker.cluster();
    List<StoredDelivery> selected = selected(kafka);
    Set<String> done = again ? Set.of() : done(kafka, selected);
    int replayed = 0;
    try (KafkaProducer<byte[], byte[]> producer = ReplayProducer.open(kafka)) {
      for (StoredDelivery stored : selected) {
        if (done.contains(name(stored))) {
          line(stored, "was replayed before; --again sends it again");
        } else {
          if (!dryRun) {
            send(producer, stored);
          }
          line(stored, dryRun ? "would be replayed" : "replayed");
          replayed++;
        }
      }
    }
    terminal.line(
        (dryRun ? "%,d would be replayed" : "%,d replayed").formatted(replayed)
            + ", %,d were before.".formatted(selected.size() - replayed));
    return 0;
  }

  private void requireOneSelection() {
    try {
      filter.check();
      if (all != ids.isEmpty() || (!all && filter.given())) {
        throw new IllegalArgumentException(
            "Expected ids, or --all with or without --reason and --tenant");
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }

  /** A delivery has some kilobytes, so that all of them fit. */
  private List<StoredDelivery> selected(KafkaCluster kafka) {
    List<StoredDelivery> selected = new ArrayList<>();
    try (GivenUpDeliveries deliveries = GivenUpDeliveries.open(kafka)) {
      if (all) {
        deliveries.read(
            null,
            stored -> {
              if (filter.matches(stored)) {
                selected.add(stored);
              }
            });
      } else {
        ids.stream().distinct().map(deliveries::find).forEach(selected::add);
      }
    }
    return selected;
  }

  private static Set<String> done(KafkaCluster kafka, List<StoredDelivery> selected) {
    return selected.stream()
        .map(StoredDelivery::rejectedAt)
        .min(Instant::compareTo)
        .map(oldest -> Replays.done(kafka, Set.of(Topic.WEBHOOK_REPLAYS.name()), oldest))
        .orElse(Set.of());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, StoredDelivery stored)
      throws InterruptedException {
    WebhookDelivery delivery = stored.letter().getDelivery();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topic.WEBHOOK_REPLAYS.name(),
            delivery.getJobId().getBytes(StandardCharsets.UTF_8),
            MessageCodec.WEBHOOK_DELIVERIES.encode(delivery));
    record.headers().add(Replays.HEADER, name(stored).getBytes(StandardCharsets.UTF_8));
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new CommandFailedException(
          "Kafka did not take the replay of %s: %s".formatted(stored.id(), e.getCause()), e);
    }
  }

  private static String name(StoredDelivery stored) {
    return Replays.name(Topic.WEBHOOK_DEAD_LETTERS, stored.id());
  }

  private void line(StoredDelivery stored, String what) {
    terminal.line("%-8s %-18s %s".formatted(stored.id(), stored.letter().getReason(), what));
  }
}
