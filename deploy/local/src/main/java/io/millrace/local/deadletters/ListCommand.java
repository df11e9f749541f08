package io.millrace.local.deadletters;

import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace dead-letters list}. */
@Command(name = "list", description = "Lists dead letters, the newest last.", sortOptions = false)
final class ListCommand implements Callable<Integer> {

  @Mixin private ReasonFilter reason = new ReasonFilter();

  @Mixin private NewestOptions wanted = new NewestOptions();

  @Option(names = "--json", description = "One JSON object a line, for machines.")
  private boolean json;

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
    Newest<LetterRow> newest = wanted.newest(LetterRow::rejectedAt);
    int unreadable;
    try (DeadLetters letters = DeadLetters.open(broker.cluster())) {
      unreadable =
          letters.read(
              from,
              letter -> {
                if (matches(letter, from)) {
                  newest.add(LetterRow.of(letter));
                }
              });
    }
    print(newest);
    if (unreadable > 0 && !json) {
      terminal.line(
          terminal.styled(Style.YELLOW, unreadable + " records of the topic are no dead letters."));
    }
    return 0;
  }

  private @Nullable Instant from() {
    try {
      reason.check();
      return wanted.from(clock);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }

  private boolean matches(StoredLetter letter, @Nullable Instant from) {
    return reason.matches(letter)
        && (from == null || !letter.letter().getRejectedAt().isBefore(from));
  }

  private void print(Newest<LetterRow> newest) {
    List<LetterRow> rows = newest.list();
    if (json) {
      rows.forEach(row -> terminal.line(row.toJson()));
    } else if (rows.isEmpty()) {
      terminal.line("There are no dead letters" + (filtered() ? " like that." : "."));
    } else {
      LetterRow.table(rows).forEach(terminal::line);
      newest
          .more()
          .ifPresent(
              more -> {
                terminal.line();
                terminal.line(more);
              });
    }
  }

  private boolean filtered() {
    return reason.given() || wanted.given();
  }
}
