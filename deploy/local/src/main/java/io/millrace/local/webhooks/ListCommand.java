package io.millrace.local.webhooks;

import io.millrace.local.deadletters.BrokerOptions;
import io.millrace.local.deadletters.Printable;
import io.millrace.local.deadletters.Since;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.schemas.avro.WebhookDeadLetter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace webhooks list}. */
@Command(
    name = "list",
    description = "Lists deliveries that were given up, the newest last.",
    sortOptions = false)
final class ListCommand implements Callable<Integer> {

  private static final int URL_COLUMNS = 60;
  private static final int ID_COLUMNS = 40;

  @Mixin private DeliveryFilter filter = new DeliveryFilter();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those from then on: 30m, 12h, 7d ago, or 2026-11-01T12:00:00Z.")
  private @Nullable String since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The newest N at most. Default: ${DEFAULT-VALUE}.",
      defaultValue = "50")
  private int limit;

  @Mixin private BrokerOptions broker = new BrokerOptions();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;
  private final Clock clock;

  ListCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Instant from = from();
    PriorityQueue<StoredDelivery> newest =
        new PriorityQueue<>(Comparator.comparing(StoredDelivery::rejectedAt));
    int[] found = {0};
    try (GivenUpDeliveries deliveries = GivenUpDeliveries.open(broker.bootstrapServers())) {
      deliveries.read(
          from,
          stored -> {
            if (filter.matches(stored)) {
              found[0]++;
              newest.add(stored);
              if (newest.size() > limit) {
                newest.remove();
              }
            }
          });
    }
    if (found[0] == 0) {
      terminal.line("There are no deliveries like that.");
      return 0;
    }
    TextTable table =
        new TextTable(
                Align.LEFT,
                Align.LEFT,
                Align.LEFT,
                Align.RIGHT,
                Align.RIGHT,
                Align.LEFT,
                Align.LEFT)
            .header("id", "given up at", "reason", "attempts", "status", "job", "url");
    while (!newest.isEmpty()) {
      row(table, Objects.requireNonNull(newest.remove()));
    }
    table.lines().forEach(terminal::line);
    if (found[0] > limit) {
      terminal.line();
      terminal.line("The newest %,d of %,d; --limit shows more.".formatted(limit, found[0]));
    }
    return 0;
  }

  private static void row(TextTable table, StoredDelivery stored) {
    WebhookDeadLetter letter = stored.letter();
    Integer status = letter.getLastStatusCode();
    table.row(
        stored.id().toString(),
        letter.getRejectedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        letter.getReason().name(),
        "%,d".formatted(letter.getAttempts()),
        status == null ? "-" : status.toString(),
        Printable.text(letter.getDelivery().getJobId(), ID_COLUMNS),
        Printable.text(letter.getDelivery().getUrl(), URL_COLUMNS));
  }

  private @Nullable Instant from() {
    try {
      filter.check();
      if (limit < 1) {
        throw new IllegalArgumentException("--limit: expected 1 or more, found " + limit);
      }
      return since == null ? null : Since.parse(since, clock);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }
}
