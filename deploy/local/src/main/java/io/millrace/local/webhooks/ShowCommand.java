package io.millrace.local.webhooks;

import io.millrace.local.deadletters.BrokerOptions;
import io.millrace.local.deadletters.DeadLetterId;
import io.millrace.local.deadletters.Printable;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.schemas.WebhookUrls;
import io.millrace.schemas.avro.WebhookDeadLetter;
import io.millrace.schemas.avro.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace webhooks show}. */
@Command(
    name = "show",
    description = "Shows all of a delivery that was given up.",
    sortOptions = false)
final class ShowCommand implements Callable<Integer> {

  private static final int COLUMNS = 1_000;
  private static final int BODY_COLUMNS = 20 * 1024;

  @Parameters(
      paramLabel = "ID",
      description = "As 'webhooks list' shows it, like 0:17.",
      converter = DeadLetterId.Converter.class)
  private DeadLetterId id = new DeadLetterId(0, 0);

  @Mixin private BrokerOptions broker = new BrokerOptions();

  private final Terminal terminal;

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    WebhookDeadLetter letter;
    try (GivenUpDeliveries deliveries = GivenUpDeliveries.open(broker.cluster())) {
      letter = deliveries.find(id).letter();
    }
    WebhookDelivery delivery = letter.getDelivery();
    Integer status = letter.getLastStatusCode();
    new TextTable(Align.LEFT, Align.LEFT)
        .row("id", id.toString())
        .row("reason", letter.getReason().name())
        .row("detail", Printable.text(letter.getDetail(), COLUMNS))
        .row("attempts", Integer.toString(letter.getAttempts()))
        .row("last status", status == null ? "-" : status.toString())
        .row("given up at", letter.getRejectedAt().toString())
        .row("job ended at", delivery.getOccurredAt().toString())
        .row("url", Printable.text(delivery.getUrl(), WebhookUrls.MAX_LENGTH))
        .row("tenant", Printable.text(delivery.getTenant(), COLUMNS))
        .row("job", Printable.text(delivery.getJobId(), COLUMNS))
        .row("event", Printable.text(delivery.getEvent(), COLUMNS))
        .row("webhook-id", Printable.text(delivery.getWebhookId(), COLUMNS))
        .lines()
        .forEach(terminal::line);
    terminal.line();
    terminal.line(
        Printable.text(
            StandardCharsets.UTF_8.decode(delivery.getBody().duplicate()).toString(),
            BODY_COLUMNS));
    return 0;
  }
}
