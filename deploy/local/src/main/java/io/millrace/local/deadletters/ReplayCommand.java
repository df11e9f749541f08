package io.millrace.local.deadletters;

import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.ProgressBar;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.security.KafkaCluster;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace dead-letters replay}. */
@Command(
    name = "replay",
    description =
        "Puts records back into the topic that they came from, with key, value and headers as they"
            + " were, once what was wrong has been mended. A letter that was replayed before is"
            + " left out. Exits with 1 when one could not be put back.",
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {

  private static final int BAR_WIDTH = 20;

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "As 'dead-letters list' shows them, like 0:17.",
      converter = DeadLetterId.Converter.class)
  private List<DeadLetterId> ids = List.of();

  @Option(names = "--all", description = "All dead letters.")
  private boolean all;

  @Mixin private ReasonFilter reason = new ReasonFilter();

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
  public Integer call() {
    requireOneSelection();
    KafkaCluster kafka = broker.cluster();
    try (DeadLetters letters = DeadLetters.open(kafka)) {
      Selection selection = all ? Selection.all(letters, reason) : Selection.ids(letters, ids);
      ReplayPlan plan = ReplayPlan.of(selection);
      Set<String> done = again ? Set.of() : plan.done(kafka);
      Tally tally = new Tally(plan.size());
      try (ReplayTarget target =
          dryRun ? ReplayTarget.nowhere(tally) : ReplayTarget.kafka(kafka, tally)) {
        selection.forEach(
            letter -> {
              if (plan.contains(letter)) {
                replay(letter, done, target, tally);
              }
            });
      }
      tally.print();
      return tally.refused == 0 ? 0 : 1;
    }
  }

  private void requireOneSelection() {
    try {
      reason.check();
      if (all != ids.isEmpty() || (!all && reason.given())) {
        throw new IllegalArgumentException("Expected ids, or --all with or without --reason");
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }

  private static void replay(
      StoredLetter letter, Set<String> done, ReplayTarget target, Tally tally) {
    if (!Replays.possible(letter)) {
      tally.refused(letter, "only records of " + Replays.targets() + " can be replayed");
    } else if (done.contains(Replays.name(letter.id()))) {
      tally.skipped(letter);
    } else {
      target.send(letter);
    }
  }

  /** Says what becomes of each letter; called from the producer's thread too. */
  private final class Tally implements ReplayTarget.Listener {

    private final LiveDisplay display = new LiveDisplay(terminal);
    private final int planned;
    private int replayed;
    private int skipped;
    private int refused;

    Tally(int planned) {
      this.planned = planned;
    }

    @Override
    public synchronized void replayed(StoredLetter letter, String where) {
      replayed++;
      line(letter, (dryRun ? "would go to " : "replayed to ") + where);
    }

    @Override
    public synchronized void refused(StoredLetter letter, String why) {
      refused++;
      line(letter, terminal.styled(Style.RED, "not replayed: " + why));
    }

    synchronized void skipped(StoredLetter letter) {
      skipped++;
      line(letter, "was replayed before; --again sends it again");
    }

    private void line(StoredLetter letter, String what) {
      display.finish("%-8s %-20s %s".formatted(letter.id(), letter.letter().getReason(), what));
      int ended = replayed + skipped + refused;
      if (ended < planned) {
        display.update(
            ProgressBar.render((double) ended / planned, BAR_WIDTH)
                + " %,d of %,d".formatted(ended, planned));
      }
    }

    synchronized void print() {
      display.erase();
      terminal.line(
          (dryRun ? "%,d would be replayed" : "%,d replayed").formatted(replayed)
              + ", %,d were before, %,d not possible.".formatted(skipped, refused));
    }
  }
}
