package io.millrace.local.webhooks;

import io.millrace.local.deadletters.BrokerOptions;
import io.millrace.local.deadletters.Newest;
import io.millrace.local.deadletters.NewestOptions;
import io.millrace.local.deadletters.Printable;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.schemas.avro.WebhookDeadLetter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin private NewestOptions wanted = new NewestOptions();

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
    Newest<StoredDelivery> newest = wanted.newest(StoredDelivery::rejectedAt);
    try (GivenUpDeliveries deliveries = GivenUpDeliveries.open(broker.cluster())) {
      deliveries.read(
          from,
          stored -> {
            if (filter.matches(stored)) {
              newest.add(stored);
            }
          });
    }
    List<StoredDelivery> rows = newest.list();
    if (rows.isEmpty()) {
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
    rows.forEach(stored -> row(table, stored));
    table.lines().forEach(terminal::line);
    newest
        .more()
        .ifPresent(
            more -> {
              terminal.line();
              terminal.line(more);
            });
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
      return wanted.from(clock);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }
}
