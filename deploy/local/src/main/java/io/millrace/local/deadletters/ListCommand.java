package io.millrace.local.deadletters;

import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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

/** {@code millrace dead-letters list}. */
@Command(name = "list", description = "Lists dead letters, the newest last.", sortOptions = false)
final class ListCommand implements Callable<Integer> {

  @Mixin private ReasonFilter reason = new ReasonFilter();

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
    PriorityQueue<LetterRow> newest =
        new PriorityQueue<>(Comparator.comparing(LetterRow::rejectedAt));
    int[] found = {0};
    int unreadable;
    try (DeadLetters letters = DeadLetters.open(broker.bootstrapServers())) {
      unreadable =
          letters.read(
              from,
              letter -> {
                if (matches(letter, from)) {
                  found[0]++;
                  newest.add(LetterRow.of(letter));
                  if (newest.size() > limit) {
                    newest.remove();
                  }
                }
              });
    }
    print(newest.stream().sorted(Comparator.comparing(LetterRow::rejectedAt)).toList(), found[0]);
    if (unreadable > 0 && !json) {
      terminal.line(
          terminal.styled(Style.YELLOW, unreadable + " records of the topic are no dead letters."));
    }
    return 0;
  }

  private @Nullable Instant from() {
    try {
      reason.check();
      if (limit < 1) {
        throw new IllegalArgumentException("--limit: expected 1 or more, found " + limit);
      }
      return since == null ? null : Since.parse(since, clock);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }

  private boolean matches(StoredLetter letter, @Nullable Instant from) {
    return reason.matches(letter)
        && (from == null || !letter.letter().getRejectedAt().isBefore(from));
  }

  private void print(List<LetterRow> rows, int found) {
    if (json) {
      rows.forEach(row -> terminal.line(row.toJson()));
    } else if (rows.isEmpty()) {
      terminal.line("There are no dead letters" + (filtered() ? " like that." : "."));
    } else {
      LetterRow.table(rows).forEach(terminal::line);
      if (found > rows.size()) {
        terminal.line();
        terminal.line("The newest %,d of %,d; --limit shows more.".formatted(rows.size(), found));
      }
    }
  }

  private boolean filtered() {
    return reason.given() || since != null;
  }
}
