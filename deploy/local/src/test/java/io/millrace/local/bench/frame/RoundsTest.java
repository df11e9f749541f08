package io.millrace.local.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), 0, false);
  private final List<String> order = new ArrayList<>();

  /** Two sides whose rates are given. */
  private final class Pair implements Scenario {

    @Override
    public String name() {
      return "pair";
    }

    @Override
    public String about() {
      return "A pair.";
    }

    @Override
    public List<Target> targets() {
      return List.of(Target.atLeast("ratio", 0.9), Target.atMost("off.rate", 150));
    }

    @Override
    public List<Side> sides(BenchContext context) {
      return List.of();
    }

    @Override
    public Figures compare(Figures round) {
      return Figures.of("ratio", round.get("on.rate") / round.get("off.rate"));
    }

    Side side(String name, Double... rates) {
      Queue<Double> left = new ArrayDeque<>(List.of(rates));
      return new Side(
          name,
          () -> {
            order.add(name);
            return Figures.of("rate", left.remove());
          });
    }
  }

  @Test
  void sidesAreMeasuredInTurnAndWhoGoesFirstAlternates() throws Exception {
    // Given
    Pair pair = new Pair();

    // When
    ScenarioResult result =
        new Rounds(pair, 3, terminal)
            .run(List.of(pair.side("off", 1.0, 2.0, 3.0), pair.side("on", 1.0, 2.0, 3.0)));

    // Then
    assertThat(order).containsExactly("off", "on", "on", "off", "off", "on");
    assertThat(result.figures().keySet()).containsExactly("off.rate", "on.rate", "ratio");
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("2/3  on   rate 2.00");
  }

  @Test
  void ratiosAreOfOneRound() throws Exception {
    // Given a machine that became twice as fast on the way
    Pair pair = new Pair();

    // When
    ScenarioResult result =
        new Rounds(pair, 3, terminal)
            .run(
                List.of(
                    pair.side("off", 100.0, 200.0, 200.0), pair.side("on", 95.0, 190.0, 200.0)));

    // Then
    Series ratio = Objects.requireNonNull(result.figures().get("ratio"));
    assertThat(ratio.median()).isCloseTo(0.95, within(1e-12));
    assertThat(ratio.max()).isEqualTo(1);
    assertThat(Objects.requireNonNull(result.figures().get("on.rate")).min()).isEqualTo(95);
  }

  @Test
  void theSummaryNestsFiguresAndSaysWhichTargetsAreMet() throws Exception {
    // Given
    Pair pair = new Pair();

    // When
    ScenarioResult result =
        new Rounds(pair, 1, terminal).run(List.of(pair.side("off", 200.0), pair.side("on", 190.0)));
    JsonNode json = JsonMapper.builder().build().readTree(result.toJson());

    // Then
    assertThat(json.at("/scenario").asText()).isEqualTo("pair");
    assertThat(json.at("/on/rate/median").asDouble()).isEqualTo(190);
    assertThat(json.at("/ratio/max").asDouble()).isCloseTo(0.95, within(1e-12));
    assertThat(json.at("/targets/0/at_least").asDouble()).isEqualTo(0.9);
    assertThat(json.at("/targets/0/met").asBoolean()).isTrue();
    assertThat(json.at("/targets/1/met").asBoolean(true)).isFalse();
    assertThat(json.has("load_average")).isTrue();
  }

  @Test
  void aTargetOfAFigureThatWasNotMeasuredIsMissed() {
    assertThat(Target.atMost("nothing", 1).met(null)).isFalse();
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddle() {
    assertThat(new Series(List.of(4.0, 1.0, 3.0, 2.0)).median()).isEqualTo(2.5);
  }

  @Test
  void aFigureThatWasNotMeasuredIsNamed() {
    assertThatThrownBy(() -> Figures.of("one", 1).get("other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other is not among [one]");
  }

  @Test
  void theTableShowsWhatIsMissed() throws Exception {
    // Given
    Pair pair = new Pair();
    ScenarioResult result =
        new Rounds(pair, 1, terminal).run(List.of(pair.side("off", 1e6), pair.side("on", 0.5)));

    // When
    new ResultTable(terminal).show(result);

    // Then
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("1,000,000")
        .contains("missed  ratio >= 0.900");
  }
}
