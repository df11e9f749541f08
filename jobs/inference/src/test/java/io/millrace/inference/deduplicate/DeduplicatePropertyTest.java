package io.millrace.inference.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.Commands;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.schemas.avro.InferenceCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** However often commands come, in whatever order, across restores: each job passes once. */
class DeduplicatePropertyTest {

  /**
   * Something that happens to the operator.
   *
   * @param restore whether it is stopped with a snapshot and restored before the command
   */
  record Arrival(int job, boolean restore) {}

  @Property(tries = 30)
  void eachJobPassesOnceAtItsFirstArrival(@ForAll("arrivals") List<Arrival> arrivals)
      throws Exception {
    List<String> passed = new ArrayList<>();
    var harness = harness();
    harness.open();
    long checkpoint = 0;
    for (Arrival arrival : arrivals) {
      if (arrival.restore()) {
        passed.addAll(ids(harness));
        OperatorSubtaskState snapshot = harness.snapshot(++checkpoint, checkpoint);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
      harness.processElement(command(arrival.job()), 0);
    }
    passed.addAll(ids(harness));
    harness.close();

    LinkedHashSet<String> expected = new LinkedHashSet<>();
    arrivals.forEach(arrival -> expected.add("job-" + arrival.job()));
    assertThat(passed).containsExactlyElementsOf(expected);
  }

  @Provide
  Arbitrary<List<Arrival>> arrivals() {
    Arbitrary<Integer> jobs = Arbitraries.integers().between(0, 20);
    Arbitrary<Boolean> restores = Arbitraries.integers().between(0, 19).map(draw -> draw == 0);
    return Combinators.combine(jobs, restores).as(Arrival::new).list().ofMaxSize(100);
  }

  /** Several jobs share a content, and with it a key. */
  private static InferenceCommand command(int job) {
    return Commands.command("job-" + job, "text " + job % 5);
  }

  private static List<String> ids(
      KeyedOneInputStreamOperatorTestHarness<String, InferenceCommand, UniqueCommand> harness) {
    return harness.extractOutputValues().stream()
        .map(unique -> unique.command().getJobId())
        .toList();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, InferenceCommand, UniqueCommand>
      harness() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(
            new DeduplicateFunction(Duration.ofHours(24), ProgressReporting.NONE)),
        InferenceCommand::getFingerprint,
        Types.STRING);
  }
}
