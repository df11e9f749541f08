package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.data.Utterance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class TrafficPlanPropertyTest {

  @Property(tries = 300)
  void repeatsTheWantedShareOfRequests(
      @ForAll @IntRange(min = 1, max = 400) int count,
      @ForAll @DoubleRange(min = 0, max = 1) double duplicates,
      @ForAll long seed) {
    // Given as many rows as the plan can need
    List<Utterance> data = rows(400);

    // When
    TrafficPlan plan = TrafficPlan.draw(data, count, duplicates, seed);

    // Then
    long repeats = Math.min(Math.round(duplicates * count), count - 1);
    assertThat(plan.requests()).hasSize(count);
    assertThat(plan.distinctTexts()).isEqualTo((int) (count - repeats));
    assertThat(plan.cycled()).isFalse();
  }

  @Property(tries = 100)
  void usesEveryRowBeforeOneComesAgain(
      @ForAll @IntRange(min = 1, max = 50) int rows,
      @ForAll @IntRange(min = 1, max = 200) int count,
      @ForAll long seed) {
    TrafficPlan plan = TrafficPlan.draw(rows(rows), count, 0, seed);

    Set<String> firstRound = new HashSet<>();
    plan.requests().stream().limit(rows).map(Utterance::text).forEach(firstRound::add);
    assertThat(firstRound).hasSize(Math.min(rows, count));
    assertThat(plan.cycled()).isEqualTo(count > rows);
  }

  @Property(tries = 50)
  void aRepeatFollowsTheFirstOfItsText(
      @ForAll @DoubleRange(min = 0, max = 1) double duplicates, @ForAll long seed) {
    // Given
    TrafficPlan plan = TrafficPlan.draw(rows(500), 300, duplicates, seed);

    // When repeats are counted in each half
    Set<String> seen = new HashSet<>();
    int[] repeats = new int[2];
    for (int i = 0; i < 300; i++) {
      repeats[i / 150] += seen.add(plan.requests().get(i).text()) ? 0 : 1;
    }

    // Then they are spread over the run
    assertThat(repeats[0] + repeats[1])
        .isEqualTo((int) Math.min(Math.round(duplicates * 300), 299));
    assertThat(Math.abs(repeats[0] - repeats[1])).isLessThan(60);
  }

  @Example
  void theSameSeedGivesTheSamePlan() {
    List<Utterance> data = rows(100);

    assertThat(TrafficPlan.draw(data, 150, 0.3, 7)).isEqualTo(TrafficPlan.draw(data, 150, 0.3, 7));
    assertThat(TrafficPlan.draw(data, 150, 0.3, 7))
        .isNotEqualTo(TrafficPlan.draw(data, 150, 0.3, 8));
  }

  @Example
  void sendsRowsWithTheSameTextLast() {
    // Given
    List<Utterance> data =
        List.of(
            new Utterance("same", "a", true),
            new Utterance("same", "b", true),
            new Utterance("other", "c", true));

    // When
    TrafficPlan plan = TrafficPlan.draw(data, 3, 0, 1);

    // Then
    assertThat(plan.requests()).containsExactlyInAnyOrderElementsOf(data);
    assertThat(plan.requests().get(2).text()).isEqualTo("same");
    assertThat(plan.distinctTexts()).isEqualTo(2);
  }

  private static List<Utterance> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Utterance("text " + i, "label " + i % 7, i % 3 == 0))
        .toList();
  }
}
