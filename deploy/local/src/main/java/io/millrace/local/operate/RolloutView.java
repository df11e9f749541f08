package io.millrace.local.operate;

import io.millrace.local.client.ApiRollout;
import io.millrace.local.client.ApiRollout.Decision;
import io.millrace.local.client.ApiRollout.Evidence;
import io.millrace.local.client.ApiRollout.Plan;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rollout for people. */
public final class RolloutView {

  private RolloutView() {}

  /** All of it: where it is, the evidence, and the decisions, the oldest first. */
  static List<String> lines(ApiRollout rollout, Terminal terminal) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, revision %d: %s"
            .formatted(
                rollout.model(), rollout.revision(), terminal.styled(Style.BOLD, phase(rollout))));
    lines.add("traffic: " + traffic(rollout));
    if (!rollout.evidence().isEmpty()) {
      lines.add("");
      lines.addAll(evidence(rollout.evidence()));
    }
    if (!rollout.decisions().isEmpty()) {
      lines.add("");
      List<Decision> decisions = rollout.decisions();
      for (int i = decisions.size() - 1; i >= 0; i--) {
        lines.add(decision(decisions.get(i), terminal));
      }
    }
    return lines;
  }

  /** One decision in one line. */
  public static String decision(Decision decision, Terminal terminal) {
    return "%s  r%d.%d  %s  %s"
        .formatted(
            decision.decidedAt(),
            decision.revision(),
            decision.sequence(),
            terminal.styled(
                style(decision.action()), "%-9s".formatted(decision.action().replace('_', ' '))),
            decision.reason());
  }

  /** Where it is, and what it waits for, in one line. */
  public static String now(ApiRollout rollout) {
    String evidence =
        rollout.evidence().stream()
            .map(
                metric ->
                    "%s %s [%s, %s] of %,d"
                        .formatted(
                            metric.metric().replace('_', ' '),
                            points(metric.difference()),
                            points(metric.lower()),
                            points(metric.upper()),
                            metric.candidate().observations()))
            .collect(Collectors.joining("  "));
    String loading =
        rollout.phase().equals("loading")
            ? " %d of %d loaded".formatted(rollout.loaded(), rollout.subtasks())
            : "";
    return phase(rollout) + loading + (evidence.isEmpty() ? "" : "  " + evidence);
  }

  private static String phase(ApiRollout rollout) {
    Plan plan = rollout.plan();
    boolean canary = rollout.phase().equals("canary");
    String step =
        canary && plan != null
            ? " %.0f %% (step %d of %d)"
                .formatted(
                    100 * rollout.traffic().weight(), rollout.step() + 1, plan.steps().size())
            : "";
    return rollout.phase().replace('_', ' ') + step + (rollout.paused() ? ", paused" : "");
  }

  private static String traffic(ApiRollout rollout) {
    String candidate = rollout.traffic().candidate();
    return candidate == null
        ? rollout.traffic().version() + " answers everything"
        : "%s, %.0f %% to %s, %.0f %% shadowed"
            .formatted(
                rollout.traffic().version(),
                100 * rollout.traffic().weight(),
                candidate,
                100 * rollout.traffic().shadowShare());
  }

  private static List<String> evidence(List<Evidence> evidence) {
    TextTable table =
        new TextTable(
                Align.LEFT,
                Align.RIGHT,
                Align.RIGHT,
                Align.RIGHT,
                Align.LEFT,
                Align.RIGHT,
                Align.LEFT)
            .header(
                "bad share of", "production", "candidate", "difference", "interval", "margin", "");
    for (Evidence metric : evidence) {
      table.row(
          metric.metric().replace('_', ' '),
          "%,d of %,d".formatted(metric.production().events(), metric.production().observations()),
          "%,d of %,d".formatted(metric.candidate().events(), metric.candidate().observations()),
          points(metric.difference()),
          "%s to %s".formatted(points(metric.lower()), points(metric.upper())),
          points(metric.margin()),
          metric.verdict().replace('_', ' '));
    }
    return table.lines();
  }

  /** A difference of shares in percentage points. */
  private static String points(@Nullable Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%+.2f", 100 * share);
  }

  private static Style style(String action) {
    return switch (action) {
      case "promote", "activate" -> Style.GREEN;
      case "roll_back", "abort", "reject" -> Style.RED;
      case "pause" -> Style.YELLOW;
      default -> Style.CYAN;
    };
  }
}
